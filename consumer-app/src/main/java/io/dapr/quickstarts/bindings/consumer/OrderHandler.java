package io.dapr.quickstarts.bindings.consumer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

/** What is done with an order. */
@Component
class OrderHandler {

	private static final Logger log = LoggerFactory.getLogger(OrderHandler.class);

	/**
	 * Handles an order. Whatever it throws makes the sidecar deliver the order again.
	 * @param order the order
	 */
	void handle(Order order) {
		// Your code goes here.
		log.info("Hello from Kafka!");
		log.info("{ orderId: {} }", order.orderId());
	}

}
