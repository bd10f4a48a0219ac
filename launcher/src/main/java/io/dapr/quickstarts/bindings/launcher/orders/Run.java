package io.dapr.quickstarts.bindings.launcher.orders;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The orders of one run: a worker of the producer, or one burst. */
final class Run {

	/** Of more undelivered orders the times of sending are not kept. */
	private static final int MOST_SENDING_TIMES = 100_000;

	private final String id;

	private final Map<Long, Long> sentAt = new HashMap<>();

	private final OrderNumbers sent = new OrderNumbers();

	private final OrderNumbers accepted = new OrderNumbers();

	private final OrderNumbers received = new OrderNumbers();

	private final OrderNumbers handledAgain = new OrderNumbers();

	private final OrderNumbers outOfOrder = new OrderNumbers();

	private long redelivered;

	/** Acknowledged by the consumer, though not received when that was seen. */
	private OrderNumbers acknowledged = new OrderNumbers();

	Run(String id) {
		this.id = id;
	}

	String id() {
		return this.id;
	}

	void send(long order, long time) {
		this.sent.add(order);
		if (this.sentAt.size() < MOST_SENDING_TIMES && !this.received.contains(order)) {
			this.sentAt.put(order, time);
		}
	}

	void accept(long order) {
		this.accepted.add(order);
	}

	/**
	 * Takes an order that the consumer has handled.
	 * @return its delivery, empty if it is not the first one
	 */
	Optional<Delivery> receive(long order, long time) {
		var late = order < this.received.last();
		if (!this.received.add(order)) {
			this.handledAgain.add(order);
			this.redelivered++;
			return Optional.empty();
		}
		if (late) {
			this.outOfOrder.add(order);
		}
		var sending = this.sentAt.remove(order);
		return Optional.of(new Delivery(new MessageId(this.id, order).toString(), sending,
				(sending != null) ? time - sending : null));
	}

	/** Takes a redelivery that the consumer has recognised. */
	void skip() {
		this.redelivered++;
	}

	/** The orders that are accepted, but not received. */
	OrderNumbers undelivered() {
		return this.accepted.without(this.received);
	}

	/**
	 * Notes that the consumer has acknowledged orders, received or not.
	 * @param orders what was undelivered before
	 */
	void acknowledge(OrderNumbers orders) {
		this.acknowledged = orders;
	}

	OrderNumbers lost() {
		return this.acknowledged.without(this.received);
	}

	/** Whether some of the orders that have to come are neither received nor lost. */
	boolean awaits(OrderNumbers expected) {
		return !expected.without(this.received).without(this.acknowledged).isEmpty();
	}

	OrderNumbers accepted() {
		return this.accepted;
	}

	boolean isReceived() {
		return !this.received.isEmpty();
	}

	/**
	 * What is wrong with the orders that have to come.
	 * @param expected their numbers
	 */
	Optional<String> fault(OrderNumbers expected) {
		var missing = expected.without(this.received);
		if (!missing.isEmpty()) {
			return Optional.of("missing: " + missing);
		}
		if (!this.handledAgain.isEmpty()) {
			return Optional.of("handled more than once: " + this.handledAgain);
		}
		return this.outOfOrder.isEmpty() ? Optional.empty() : Optional.of("out of order: " + this.outOfOrder);
	}

	Counters counters() {
		return new Counters(this.sent.size(), this.accepted.size(), this.received.size(), this.redelivered, 0,
				lost().size(), this.outOfOrder.size());
	}

}
