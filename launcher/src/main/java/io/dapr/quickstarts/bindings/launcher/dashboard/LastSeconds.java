package io.dapr.quickstarts.bindings.launcher.dashboard;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** What arrived in each of the last seconds, for the plots. */
final class LastSeconds {

	/** How many seconds are kept. */
	static final int COUNT = 120;

	private static final Second NOTHING = new Second(0, 0);

	private final TreeMap<Long, Second> seconds = new TreeMap<>();

	void add(long time, long took) {
		var second = time / 1000;
		this.seconds.merge(second, new Second(1, took),
				(one, other) -> new Second(one.arrived() + 1, Math.max(one.longest(), other.longest())));
		this.seconds.headMap(second - 2 * COUNT).clear();
	}

	/**
	 * The seconds that are over.
	 * @param now the time in milliseconds since 1970
	 * @return {@link #COUNT} seconds, the newest last
	 */
	List<Second> before(long now) {
		var end = now / 1000;
		var list = new ArrayList<Second>(COUNT);
		for (var second = end - COUNT; second < end; second++) {
			list.add(this.seconds.getOrDefault(second, NOTHING));
		}
		return List.copyOf(list);
	}

}
