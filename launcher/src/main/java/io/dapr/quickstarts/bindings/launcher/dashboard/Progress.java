package io.dapr.quickstarts.bindings.launcher.dashboard;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.OptionalLong;

import io.dapr.quickstarts.bindings.launcher.kafka.Topics.Offsets;

/**
 * How far the consumer has come in the topic, from looks at the topic's end and the
 * consumer's place in each partition.
 *
 * @param <P> what names a partition
 */
final class Progress<P> {

	/**
	 * The consumer's line of an order comes before its place moves on, but the launcher
	 * may read it later; so long it is given.
	 */
	static final long GRACE = 3000;

	/** More looks than this are not kept; then the last ones decide later. */
	private static final int MOST = 10_000;

	private final Deque<Look<P>> ahead = new ArrayDeque<>();

	private final Deque<Reached> reached = new ArrayDeque<>();

	/**
	 * Takes a look.
	 * @param time when it began, in milliseconds since 1970
	 * @param offsets the end of each partition and where the consumer reads on, asked for
	 * after that time
	 */
	void look(long time, Map<P, Offsets> offsets) {
		if (this.ahead.size() < MOST) {
			this.ahead.add(new Look<>(time, Map.copyOf(offsets)));
		}
		while (!this.ahead.isEmpty() && this.ahead.peek().isReachedBy(offsets)) {
			this.reached.add(new Reached(this.ahead.remove().time(), time));
		}
	}

	/**
	 * The time before which all accepted orders should have arrived.
	 * @param now the time in milliseconds since 1970
	 * @return that time, empty if there is none new
	 */
	OptionalLong settled(long now) {
		var settled = OptionalLong.empty();
		while (!this.reached.isEmpty() && this.reached.peek().at() <= now - GRACE) {
			settled = OptionalLong.of(this.reached.remove().time());
		}
		return settled;
	}

	private record Look<P>(long time, Map<P, Offsets> offsets) {

		boolean isReachedBy(Map<P, Offsets> later) {
			return this.offsets.entrySet()
				.stream()
				.allMatch((then) -> later.containsKey(then.getKey())
						&& later.get(then.getKey()).next() >= then.getValue().end());
		}

	}

	/** What was there at one time was reached at another. */
	private record Reached(long time, long at) {
	}

}
