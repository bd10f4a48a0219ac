package io.dapr.quickstarts.bindings.producer;

/** Puts a failure into one line. */
final class Failures {

	private Failures() {
	}

	/**
	 * Describes a failure.
	 * @param failure what was thrown
	 * @return its message and, where that says more, the message of what caused it first
	 */
	static String describe(Throwable failure) {
		var origin = failure;
		while (origin.getCause() != null) {
			origin = origin.getCause();
		}
		var message = String.valueOf(failure.getMessage());
		var cause = String.valueOf(origin.getMessage());
		return (message.contains(cause) ? message : message + ": " + cause).replaceAll("\\s+", " ");
	}

}
