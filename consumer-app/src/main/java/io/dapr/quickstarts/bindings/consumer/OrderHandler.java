package io.dapr.quickstarts.bindings.consumer;

import io.dapr.quickstarts.bindings.consumer.inbox.Changes;

import org.springframework.stereotype.Component;

/** What is done with an order. */
@Component
class OrderHandler {

	/**
	 * Handles an order. Whatever it throws makes the sidecar deliver the order again.
	 * @param order the order
	 * @param source the run of the producer that sent it or, without a run, topic and
	 * partition
	 * @param changes what the order changes in the state store, which happens once.
	 * Anything else that is done here is done again if the changes can't be written.
	 */
	void handle(Order order, String source, Changes changes) {
		// Your code goes here. This example keeps a ledger, which the dashboard shows.
		changes.update("ledger-" + source, Ledger.EMPTY, (ledger) -> ledger.with(order));
	}

}
