package io.dapr.quickstarts.bindings.consumer;

import io.dapr.quickstarts.bindings.consumer.inbox.Changes;
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
	 * @param source who sent it
	 * @param changes what the order changes in the state store, which happens once.
	 * Anything else that is done here is done again if the changes can't be written.
	 */
	void handle(Order order, String source, Changes changes) {
		// Your code goes here.
		log.info("Hello from Kafka!");
		log.info("{ orderId: {} }", order.orderId());
		changes.update("ledger-" + source, Ledger.EMPTY, (ledger) -> ledger.with(order));
	}

}
