package io.dapr.quickstarts.bindings.launcher.dashboard;

import java.util.Optional;
import java.util.TreeMap;

/**
 * One series of order numbers, sent in rising order: those of a producer process, which
 * counts from 1, or those that the page sends itself. Only what is under way is kept, so
 * that a run may go on for days.
 */
final class OrderRun {

	private final TreeMap<Long, Sent> underWay = new TreeMap<>();

	private final long first;

	private long highestSent;

	private long highestArrived;

	OrderRun(long first) {
		this.first = first;
		this.highestSent = first - 1;
	}

	void send(long order, long time) {
		this.underWay.put(order, new Sent(time, Long.MAX_VALUE));
		this.highestSent = Math.max(this.highestSent, order);
	}

	void accept(long order, long time) {
		this.underWay.computeIfPresent(order, (number, sent) -> new Sent(sent.sentAt(), time));
	}

	/**
	 * Takes the first arrival of an order.
	 * @return how it went, empty if the order is not under way
	 */
	Optional<Arrival> arrive(long order, long time) {
		var sent = this.underWay.remove(order);
		if (sent == null) {
			return Optional.empty();
		}
		var inOrder = order > this.highestArrived;
		this.highestArrived = Math.max(this.highestArrived, order);
		return Optional.of(new Arrival(order, sent.sentAt(), Math.max(0, time - sent.sentAt()), inOrder));
	}

	/** Whether an order of this number was ever sent in this run. */
	boolean knows(long order) {
		return order >= this.first && order <= this.highestSent;
	}

	boolean isUnderWay(long order) {
		return this.underWay.containsKey(order);
	}

	boolean isAccepted(long order) {
		return isUnderWay(order) && this.underWay.get(order).acceptedAt() < Long.MAX_VALUE;
	}

	/** Whether this order is the one that has to arrive next. */
	boolean isNext(long order) {
		return !this.underWay.isEmpty() && this.underWay.firstKey() == order;
	}

	long highestSent() {
		return this.highestSent;
	}

	/** Counts the orders that were accepted before a time and have not arrived. */
	long missing(long acceptedBefore) {
		return this.underWay.values().stream().filter((sent) -> sent.acceptedAt() < acceptedBefore).count();
	}

	/** When an order was sent and accepted, in milliseconds since 1970. */
	private record Sent(long sentAt, long acceptedAt) {
	}

	/**
	 * The first arrival of an order.
	 *
	 * @param order its number
	 * @param sentAt when it was sent, in milliseconds since 1970
	 * @param took the time from sending to arrival in milliseconds
	 * @param inOrder whether no later order of its run arrived before it
	 */
	record Arrival(long order, long sentAt, long took, boolean inOrder) {
	}

}
