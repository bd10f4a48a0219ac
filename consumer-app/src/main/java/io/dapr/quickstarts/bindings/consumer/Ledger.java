package io.dapr.quickstarts.bindings.consumer;

import io.dapr.client.domain.TransactionalStateOperation;

import org.springframework.stereotype.Component;

/** Counts the orders of each source in the state store. */
@Component
class Ledger {

	private final StateStore store;

	Ledger(StateStore store) {
		this.store = store;
	}

	/**
	 * Counts an order.
	 * @param order the order
	 * @param source who sent it
	 * @return the change in the state store, still to be written
	 */
	TransactionalStateOperation<?> add(Order order, String source) {
		var account = this.store.read("ledger-" + source, Account.class);
		var before = (account.getValue() != null) ? account.getValue() : new Account(0, 0, 0);
		return StateStore.change(account, before.with(order));
	}

	/**
	 * What the orders of a source have come to.
	 *
	 * @param orders how many there were
	 * @param last the number of the last one
	 * @param outOfOrder how many did not have a higher number than the one before
	 */
	record Account(long orders, long last, long outOfOrder) {

		Account with(Order order) {
			var inOrder = order.orderId() > this.last;
			return new Account(this.orders + 1, order.orderId(), inOrder ? this.outOfOrder : this.outOfOrder + 1);
		}

	}

}
