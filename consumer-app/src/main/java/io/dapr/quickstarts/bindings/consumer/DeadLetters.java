package io.dapr.quickstarts.bindings.consumer;

import java.time.Duration;
import java.util.HashMap;

import io.dapr.client.DaprClient;
import jakarta.servlet.http.HttpServletRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Keeps what can never be read as an order: a Dapr output binding writes it, byte for
 * byte, to the topic {@code sample-dead-letter}. The record's headers there say why and
 * where it came from.
 */
@Component
class DeadLetters {

	/** The name of the Dapr component. */
	static final String BINDING = "sample-dead-letter";

	/**
	 * Shorter than the sidecar's limit for a delivery, see components/resiliency.yaml.
	 */
	private static final Duration DEADLINE = Duration.ofSeconds(3);

	private static final Logger log = LoggerFactory.getLogger(DeadLetters.class);

	private final ObjectProvider<DaprClient> dapr;

	DeadLetters(ObjectProvider<DaprClient> dapr) {
		this.dapr = dapr;
	}

	/**
	 * Writes a message to the dead-letter topic and waits until Kafka has it.
	 * @param data the message as it came
	 * @param reason why it is no order
	 * @param delivered the headers it was delivered with; the sidecar put the record's
	 * origin there
	 * @throws DeadLetterException if it could not be written
	 */
	void keep(byte[] data, String reason, HttpServletRequest delivered) {
		var metadata = new HashMap<String, String>();
		metadata.put("dead-letter-reason", reason);
		for (var origin : new String[] { "topic", "partition", "offset" }) {
			metadata.put("dead-letter-" + origin, String.valueOf(delivered.getHeader("__" + origin)));
		}
		try {
			this.dapr.getObject().invokeBinding(BINDING, "create", data, metadata, Void.class).block(DEADLINE);
		}
		catch (RuntimeException ex) {
			log.error("Could not write to {}; the record will come again: {}", BINDING, ex.getMessage());
			throw new DeadLetterException(ex);
		}
		log.warn("Rejected the record at offset {} of partition {} of {}: {}; kept in {}",
				metadata.get("dead-letter-offset"), metadata.get("dead-letter-partition"),
				metadata.get("dead-letter-topic"), reason, BINDING);
	}

}
