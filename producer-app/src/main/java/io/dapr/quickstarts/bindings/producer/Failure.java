package io.dapr.quickstarts.bindings.producer;

import java.util.Map;
import java.util.Optional;

import io.dapr.exceptions.DaprException;
import reactor.core.Exceptions;

/** What a failed call to the sidecar means. */
final class Failure {

	/**
	 * Failures where a retry is pointless. The sidecar reports nearly all failures with
	 * the same code, so they are recognised by their text. Whatever is not listed is
	 * tried again, also what an operator may cure meanwhile, such as missing rights for
	 * the topic.
	 */
	private static final Map<String, String> PERMANENT = Map.of(
			// The sidecar has no such component, or one that only reads.
			"couldn't find output binding", "Does the sidecar load components/kafka_bindings.yaml?",
			// Said by the broker, and by the sidecar itself.
			"Message was too large", "Check the topic's max.message.bytes.",
			"larger than configured Producer.MaxMessageBytes", "Check maxMessageBytes of the component.",
			// Said by the sidecar's API.
			"UNAUTHENTICATED", "Check DAPR_API_TOKEN.");

	private Failure() {
	}

	/**
	 * Whether a repetition of the call would only fail again.
	 * @param failure how a call to the sidecar failed
	 */
	static boolean isPermanent(Throwable failure) {
		return advice(failure).isPresent();
	}

	/**
	 * Says what to do about a permanent failure.
	 * @param failure how a call to the sidecar failed
	 * @return what to check, empty if the call may be repeated
	 */
	static Optional<String> advice(Throwable failure) {
		if (!(failure instanceof DaprException)) {
			return Optional.empty();
		}
		return PERMANENT.entrySet()
			.stream()
			.filter((entry) -> String.valueOf(failure.getMessage()).contains(entry.getKey()))
			.map(Map.Entry::getValue)
			.findFirst();
	}

	static boolean isInterruption(Throwable failure) {
		return Exceptions.unwrap(failure) instanceof InterruptedException;
	}

	/**
	 * Describes a failure in one line.
	 * @param failure what was thrown
	 * @return its message and, where that says more, the message of its first cause
	 */
	static String describe(Throwable failure) {
		var origin = failure;
		while (origin.getCause() != null) {
			origin = origin.getCause();
		}
		var message = message(failure);
		var cause = message(origin);
		return (message.contains(cause) ? message : message + ": " + cause).replaceAll("\\s+", " ");
	}

	private static String message(Throwable failure) {
		return (failure instanceof Error || failure.getMessage() == null) ? failure.toString() : failure.getMessage();
	}

}
