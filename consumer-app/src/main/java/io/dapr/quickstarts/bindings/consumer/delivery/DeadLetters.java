package io.dapr.quickstarts.bindings.consumer.delivery;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

import io.dapr.client.DaprClient;
import io.dapr.exceptions.DaprException;
import io.dapr.quickstarts.bindings.consumer.delivery.MalformedOrderException.Reason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.commons.codec.digest.DigestUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.annotation.Lazy;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ResponseStatusException;

/**
 * Keeps what can never be read as an order: a Dapr output binding writes it, byte for
 * byte, to the topic {@code sample-dead-letter}. The record's headers there say why and
 * where it came from. Of a record that is too large only the beginning is kept.
 */
@Component
public class DeadLetters {

	/** The name of the Dapr component. */
	private static final String BINDING = "sample-dead-letter";

	/**
	 * The maxMessageBytes of components/kafka_dead_letter.yaml, less 4 KiB for the
	 * headers.
	 */
	private static final int LARGEST = 2 * 1024 * 1024 - 4 * 1024;

	/** A topic that refuses even this is not one for dead letters. */
	private static final int SMALLEST = 1024;

	/**
	 * For all attempts; shorter than the sidecar's limit for a delivery, see
	 * components/resiliency.yaml.
	 */
	private static final Duration DEADLINE = Duration.ofSeconds(3);

	private static final Logger log = LoggerFactory.getLogger(DeadLetters.class);

	private final DaprClient dapr;

	private final Map<Reason, Counter> rejected = new EnumMap<>(Reason.class);

	/** Each counter is there from the start: an alert sees its rise only after a zero. */
	DeadLetters(@Lazy DaprClient dapr, MeterRegistry metrics) {
		this.dapr = dapr;
		for (var reason : Reason.values()) {
			this.rejected.put(reason,
					Counter.builder("orders.rejected")
						.description("Records that went to the dead letters since they can't be read")
						.tag("reason", reason.toString())
						.register(metrics));
		}
	}

	/**
	 * Writes a record to the dead-letter topic and waits until Kafka has it.
	 * @param delivery the record
	 * @param reason why it is not an order
	 * @throws ResponseStatusException with 503 if it could not be written
	 */
	public void keep(Delivery delivery, Reason reason) {
		var end = System.nanoTime() + DEADLINE.toNanos();
		var size = delivery.data().length;
		var kept = Math.min(size, LARGEST);
		try {
			while (!tryWrite(delivery, reason, kept, Duration.ofNanos(end - System.nanoTime()))) {
				kept /= 2;
			}
		}
		catch (RuntimeException ex) {
			throw new ResponseStatusException(HttpStatus.SERVICE_UNAVAILABLE,
					"Could not write to %s: %s".formatted(BINDING, ex.getMessage()), ex);
		}
		log.warn("Rejected {}: {}; kept in {}{}", delivery, reason, BINDING,
				(kept < size) ? ", the first %d of %d bytes".formatted(kept, size) : "");
		this.rejected.get(reason).increment();
	}

	/** Gives false if the beginning that was to be kept is too large. */
	private boolean tryWrite(Delivery delivery, Reason reason, int kept, Duration limit) {
		var data = Arrays.copyOf(delivery.data(), kept);
		try {
			this.dapr.invokeBinding(BINDING, "create", data, headers(delivery, reason, kept), Void.class).block(limit);
			return true;
		}
		catch (DaprException ex) {
			if (kept < SMALLEST || !isTooLarge(ex)) {
				throw ex;
			}
			return false;
		}
	}

	private static Map<String, String> headers(Delivery delivery, Reason reason, int kept) {
		var headers = new HashMap<String, String>();
		headers.put("dead-letter-reason", reason.toString());
		headers.put("dead-letter-topic", String.valueOf(delivery.topic()));
		headers.put("dead-letter-partition", String.valueOf(delivery.partition()));
		headers.put("dead-letter-offset", String.valueOf(delivery.offset()));
		if (kept < delivery.data().length) {
			headers.put("dead-letter-shortened", "true");
			headers.put("dead-letter-size", String.valueOf(delivery.data().length));
			headers.put("dead-letter-sha256", DigestUtils.sha256Hex(delivery.data()));
		}
		return headers;
	}

	/** Said by the sidecar itself, and by the broker. */
	private static boolean isTooLarge(DaprException failure) {
		return Stream.of("larger than configured Producer.MaxMessageBytes", "Message was too large")
			.anyMatch(String.valueOf(failure.getMessage())::contains);
	}

}
