package io.dapr.quickstarts.bindings.producer;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeoutException;

import io.dapr.client.DaprClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * Hands orders to the sidecar, one at a time. An order is repeated until it is accepted,
 * so that none is skipped and none overtakes another.
 */
class OrderProducer {

	/** The name of the Dapr component. */
	static final String BINDING = "sample-topic";

	/** How long the sidecar may take for one call. */
	private static final Duration DEADLINE = Duration.ofSeconds(10);

	private static final Logger log = LoggerFactory.getLogger(OrderProducer.class);

	private final DaprClient dapr;

	private final String runId;

	private final Retry untilAccepted;

	/**
	 * Makes a producer.
	 * @param dapr the client of the sidecar
	 * @param runId tells this process's orders from those of another
	 * @param firstPause the pause before the first repetition; it doubles up to 5 s
	 */
	OrderProducer(DaprClient dapr, String runId, Duration firstPause) {
		this.dapr = dapr;
		this.runId = runId;
		this.untilAccepted = Retry.backoff(Long.MAX_VALUE, firstPause)
			.maxBackoff(Duration.ofSeconds(5))
			.filter((failure) -> PermanentFailure.advice(failure).isEmpty())
			.doBeforeRetry((retry) -> log.warn("Not accepted, trying again: {}", Failures.describe(retry.failure())));
	}

	/**
	 * Sends an order and waits until the sidecar has accepted it, however long that
	 * takes.
	 * @param order the order
	 * @throws RuntimeException if no repetition can help (see {@link PermanentFailure})
	 * or the thread is interrupted
	 */
	void send(Order order) {
		log.info("{\"data\":{\"orderId\":{}},\"operation\":\"create\"}", order.orderId());
		// The same id in all repetitions, by which the consumer recognises a repeat. All
		// orders
		// of a run go to one partition: only there do they, and the repetitions, stay in
		// order.
		var metadata = Map.of("message-id", this.runId + "-" + order.orderId(), "partitionKey", this.runId);
		this.dapr.invokeBinding(BINDING, "create", order, metadata, Void.class)
			.timeout(DEADLINE,
					Mono.error(() -> new TimeoutException("no answer within " + DEADLINE.toSeconds() + " s")))
			.retryWhen(this.untilAccepted)
			.block();
		log.info("Response for order {}: OK", order.orderId());
	}

}
