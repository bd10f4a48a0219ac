package io.dapr.quickstarts.bindings.producer;

import java.util.Map;
import java.util.Optional;

import io.dapr.exceptions.DaprException;

/**
 * Tells the failures that no repetition cures from those that one may. The sidecar
 * reports nearly all of them with the same code, ERR_INVOKE_OUTPUT_BINDING, so that the
 * text has to tell. What is not known here counts as passing: an order must not be given
 * up too early.
 */
final class PermanentFailure {

	private static final Map<String, String> ADVICE = Map.of(
			// The sidecar has no such component, or one that only reads.
			"couldn't find output binding", "Does the sidecar load components/kafka_bindings.yaml?",
			"does not support operation", "Is the component of type bindings.kafka?",
			// Said by the broker, and by the sidecar itself.
			"Message was too large", "Check the topic's max.message.bytes.",
			"larger than configured Producer.MaxMessageBytes", "Check maxMessageBytes of the component.",
			// Said by the sidecar's API.
			"UNAUTHENTICATED", "Check DAPR_API_TOKEN.");

	private PermanentFailure() {
	}

	/**
	 * Says what to do about a failure that a repetition would only bring again.
	 * @param failure how a call to the sidecar failed
	 * @return what to check, empty if it is of use to repeat the call
	 */
	static Optional<String> advice(Throwable failure) {
		if (!(failure instanceof DaprException)) {
			return Optional.empty();
		}
		return ADVICE.entrySet()
			.stream()
			.filter((entry) -> String.valueOf(failure.getMessage()).contains(entry.getKey()))
			.map(Map.Entry::getValue)
			.findFirst();
	}

}
