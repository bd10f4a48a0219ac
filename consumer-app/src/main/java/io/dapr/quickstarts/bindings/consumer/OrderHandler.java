package io.dapr.quickstarts.bindings.consumer;

import java.util.List;

import io.dapr.client.domain.TransactionalStateOperation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

/** What is done with an order. */
@Component
class OrderHandler {

	private static final Logger log = LoggerFactory.getLogger(OrderHandler.class);

	private final Ledger ledger;

	OrderHandler(Ledger ledger) {
		this.ledger = ledger;
	}

	/**
	 * Handles an order. Whatever it throws makes the sidecar deliver the order again.
	 * @param order the order
	 * @param source who sent it
	 * @return what the order changes in the state store: {@link Inbox} writes it, so that
	 * it happens once. Anything else that is done here may be done again if a part fails
	 * before that.
	 */
	List<TransactionalStateOperation<?>> handle(Order order, String source) {
		var changes = List.<TransactionalStateOperation<?>>of(this.ledger.add(order, source));
		// Your code goes here.
		log.info("Hello from Kafka!");
		log.info("{ orderId: {} }", order.orderId());
		return changes;
	}

}
