package io.dapr.quickstarts.bindings.launcher.monitor;

/**
 * What the consumer has written to its state store of the orders of this run.
 *
 * @param orders how many have taken effect
 * @param handledTwice how many of these did not come after the one before: what takes
 * effect again does not
 */
public record Ledger(long orders, long handledTwice) {

	static final Ledger EMPTY = new Ledger(0, 0);

	Ledger plus(Ledger other) {
		return new Ledger(this.orders + other.orders, this.handledTwice + other.handledTwice);
	}

}
