package io.dapr.quickstarts.bindings.consumer;

/**
 * An order as it travels through Kafka: <code>{"orderId": 7}</code>.
 *
 * @param orderId the producer's number for it, from 1
 */
record Order(long orderId) {

	Order {
		if (orderId < 1) {
			throw new IllegalArgumentException("orderId " + orderId);
		}
	}

}
