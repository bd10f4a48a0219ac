package io.dapr.quickstarts.bindings.producer;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeoutException;

import io.dapr.client.DaprClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Hands orders to the sidecar, one at a time. An order is repeated until it is accepted,
 * so that none is skipped and none overtakes another.
 */
class OrderSender {

	/** The name of the Dapr component, which writes to the topic "sample". */
	private static final String BINDING = "sample-topic";

	/** How long the sidecar may take for one call. */
	private static final Duration DEADLINE = Duration.ofSeconds(10);

	private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

	private static final Logger log = LoggerFactory.getLogger(OrderSender.class);

	private final DaprClient dapr;

	private final String runId;

	private final Shutdown shutdown;

	private final Duration firstPause;

	/**
	 * Makes a sender.
	 * @param dapr the client of the sidecar
	 * @param runId tells this worker's orders from those of another
	 * @param firstPause before the first repetition; each further one is twice as long,
	 * up to 5 s
	 * @param shutdown ends the repetitions
	 */
	OrderSender(DaprClient dapr, String runId, Duration firstPause, Shutdown shutdown) {
		this.dapr = dapr;
		this.runId = runId;
		this.firstPause = firstPause;
		this.shutdown = shutdown;
	}

	/**
	 * Sends an order and waits until the sidecar has accepted it, however long that
	 * takes.
	 * @param order the order
	 * @throws RuntimeException if no repetition can help, see {@link Failure#isPermanent}
	 * @throws InterruptedException if the app is stopped before the order is accepted
	 */
	void send(Order order) throws InterruptedException {
		// The call as Dapr's HTTP API would have it.
		log.info("{\"data\":{\"orderId\":{}},\"operation\":\"create\"}", order.orderId());
		for (var pause = this.firstPause; !trySend(order); pause = longer(pause)) {
			if (this.shutdown.awaitRequest(pause)) {
				throw new InterruptedException();
			}
		}
		log.info("Response for order {}: OK", order.orderId());
	}

	private boolean trySend(Order order) {
		// The consumer recognises a repetition by its id. All orders of a run go to one
		// partition: only there do they stay in order.
		var metadata = Map.of("message-id", this.runId + "-" + order.orderId(), "partitionKey", this.runId);
		try {
			this.dapr.invokeBinding(BINDING, "create", order, metadata, Void.class)
				.timeout(DEADLINE,
						Mono.error(() -> new TimeoutException("no answer within " + DEADLINE.toSeconds() + " s")))
				.block();
			return true;
		}
		catch (RuntimeException ex) {
			if (Failure.isPermanent(ex)) {
				throw ex;
			}
			log.warn("Not accepted, trying again: {}", Failure.describe(ex));
			return false;
		}
	}

	private static Duration longer(Duration pause) {
		var twice = pause.multipliedBy(2);
		return (twice.compareTo(LONGEST_PAUSE) < 0) ? twice : LONGEST_PAUSE;
	}

}
