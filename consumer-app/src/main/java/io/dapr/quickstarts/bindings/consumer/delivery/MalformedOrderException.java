package io.dapr.quickstarts.bindings.consumer.delivery;

/** A record that is not an order and never will be, however often it is delivered. */
public class MalformedOrderException extends Exception {

	private static final long serialVersionUID = 1L;

	private final Reason reason;

	public MalformedOrderException(Reason reason) {
		super(reason.toString());
		this.reason = reason;
	}

	public Reason reason() {
		return this.reason;
	}

	/**
	 * The text stands in the log, in the dead letter's header and in the metric's tag.
	 */
	public enum Reason {

		/** No byte. */
		EMPTY("empty"),

		/** Bytes that are not text. */
		NOT_UTF8("not UTF-8 text"),

		/** Also a field that occurs twice, or something after the end. */
		NOT_JSON("not JSON"),

		/** The sidecar delivers both as the text null. */
		NULL("null, or a record without a value"),

		/** An array, a number or the like. */
		NOT_AN_OBJECT("not a JSON object"),

		/** The field is missing. */
		NO_ORDER_ID("no orderId"),

		/** Nothing is converted: "7" and 7.0 are not numbers of orders. */
		WRONG_ORDER_ID("orderId is not a whole number from 1 to " + Long.MAX_VALUE);

		private final String text;

		Reason(String text) {
			this.text = text;
		}

		@Override
		public String toString() {
			return this.text;
		}

	}

}
