package io.dapr.quickstarts.bindings.producer;

import java.util.List;

import io.dapr.exceptions.DaprException;

/**
 * Tells the failures that no repetition cures from those that one may. The sidecar
 * reports nearly all with the same code (ERR_INVOKE_OUTPUT_BINDING), so that the text has
 * to tell; what is not known counts as passing, since an order must not be given up too
 * early.
 */
final class PermanentFailure {

	private static final List<String> SIGNS = List.of(
			// The sidecar has no such component, or it cannot write.
			"couldn't find output binding", "does not support operation",
			// Kafka's limit for a message, told by the broker or by the sidecar itself.
			"Message was too large", "larger than configured Producer.MaxMessageBytes",
			// The API token is missing or wrong.
			"UNAUTHENTICATED", "PERMISSION_DENIED");

	private PermanentFailure() {
	}

	/**
	 * Says whether it is of no use to repeat the call.
	 * @param failure how a call to the sidecar failed
	 * @return true if a repetition would fail for the same reason
	 */
	static boolean is(Throwable failure) {
		return failure instanceof DaprException && SIGNS.stream().anyMatch(failure.getMessage()::contains);
	}

}
