package io.dapr.quickstarts.bindings.launcher.dashboard;

import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** What happened last. Safe for several threads. */
final class Events {

	private static final int MOST = 30;

	private final InstantSource clock;

	private final Deque<Event> newestFirst = new ArrayDeque<>();

	Events(InstantSource clock) {
		this.clock = clock;
	}

	synchronized void add(Event.Kind kind, String text) {
		this.newestFirst.addFirst(new Event(this.clock.millis(), kind, text));
		if (this.newestFirst.size() > MOST) {
			this.newestFirst.removeLast();
		}
	}

	/** The last events, the newest first. */
	synchronized List<Event> list() {
		return List.copyOf(this.newestFirst);
	}

}
