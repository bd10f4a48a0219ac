package io.dapr.quickstarts.bindings.consumer;

/**
 * What the orders of one source have come to: an example of an effect that each order has
 * once.
 *
 * @param orders how many there were
 * @param last the number of the last one
 * @param outOfOrder how many did not have a higher number than the one before
 */
record Ledger(long orders, long last, long outOfOrder) {

	static final Ledger EMPTY = new Ledger(0, 0, 0);

	Ledger with(Order order) {
		var inOrder = order.orderId() > this.last;
		return new Ledger(this.orders + 1, order.orderId(), inOrder ? this.outOfOrder : this.outOfOrder + 1);
	}

}
