package io.dapr.quickstarts.bindings.launcher.orders;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.TreeMap;

/** What was received last: the latest orders, and the seconds of the last two minutes. */
final class History {

	private static final int SECONDS = 120;

	private static final int LATEST = 20;

	private static final Second NOTHING = new Second(0, 0);

	private final Deque<Delivery> latest = new ArrayDeque<>();

	private final TreeMap<Long, Second> seconds = new TreeMap<>();

	/**
	 * Takes a delivery.
	 * @param time when it was received, in milliseconds since 1970
	 */
	void add(Delivery delivery, long time) {
		this.latest.addFirst(delivery);
		if (this.latest.size() > LATEST) {
			this.latest.removeLast();
		}
		var latency = (delivery.latency() != null) ? delivery.latency() : 0;
		this.seconds.merge(time / 1000, new Second(1, latency),
				(one, other) -> new Second(one.received() + 1, Math.max(one.latency(), other.latency())));
		this.seconds.headMap(time / 1000 - SECONDS).clear();
	}

	/** The newest first. */
	List<Delivery> latest() {
		return List.copyOf(this.latest);
	}

	/**
	 * The seconds that are over.
	 * @param now in milliseconds since 1970
	 * @return {@link #SECONDS} of them, the newest last
	 */
	List<Second> seconds(long now) {
		var list = new ArrayList<Second>(SECONDS);
		for (var second = now / 1000 - SECONDS; second < now / 1000; second++) {
			list.add(this.seconds.getOrDefault(second, NOTHING));
		}
		return List.copyOf(list);
	}

}
