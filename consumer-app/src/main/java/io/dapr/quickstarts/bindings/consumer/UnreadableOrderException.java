package io.dapr.quickstarts.bindings.consumer;

/** A message that is not an order and never will be, however often it is delivered. */
class UnreadableOrderException extends Exception {

	private static final long serialVersionUID = 1L;

	UnreadableOrderException(String reason) {
		super(reason);
	}

}
