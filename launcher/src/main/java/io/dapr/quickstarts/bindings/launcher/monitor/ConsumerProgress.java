package io.dapr.quickstarts.bindings.launcher.monitor;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;

import io.dapr.quickstarts.bindings.launcher.kafka.Offsets;
import io.dapr.quickstarts.bindings.launcher.orders.Undelivered;
import org.apache.kafka.common.TopicPartition;

/**
 * Finds out which orders the consumer has acknowledged: those that were undelivered when
 * the end of the topic was where the committed offsets are now.
 */
final class ConsumerProgress {

	/**
	 * Milliseconds for reading the consumer's line of an order, which is printed before
	 * its offset is committed.
	 */
	static final long GRACE = 3000;

	/** Further observations are dropped. */
	private static final int MOST = 10_000;

	private final Deque<Observation> ahead = new ArrayDeque<>();

	private final Deque<Reached> reached = new ArrayDeque<>();

	/**
	 * Takes an observation.
	 * @param undelivered the orders that were undelivered when it began
	 * @param offsets the offsets of each partition, asked for after that
	 */
	void observe(Undelivered undelivered, Map<TopicPartition, Offsets> offsets) {
		if (this.ahead.size() < MOST) {
			this.ahead.add(new Observation(undelivered, offsets));
		}
		while (!this.ahead.isEmpty() && this.ahead.peek().isReachedBy(offsets)) {
			this.reached.add(new Reached(this.ahead.remove().undelivered(), undelivered.time()));
		}
	}

	/**
	 * The orders that are acknowledged and should have been received.
	 * @param now the time in milliseconds since 1970
	 * @return orders that were undelivered some time ago, empty if nothing is known that
	 * is new
	 */
	Optional<Undelivered> acknowledged(long now) {
		var acknowledged = Optional.<Undelivered>empty();
		while (!this.reached.isEmpty() && this.reached.peek().at() <= now - GRACE) {
			acknowledged = Optional.of(this.reached.remove().undelivered());
		}
		return acknowledged;
	}

	private record Observation(Undelivered undelivered, Map<TopicPartition, Offsets> offsets) {

		boolean isReachedBy(Map<TopicPartition, Offsets> later) {
			return this.offsets.entrySet()
				.stream()
				.allMatch((then) -> later.containsKey(then.getKey())
						&& later.get(then.getKey()).next() >= then.getValue().end());
		}

	}

	/** When the committed offsets had reached what was undelivered. */
	private record Reached(Undelivered undelivered, long at) {
	}

}
