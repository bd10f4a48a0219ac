package io.dapr.quickstarts.bindings.launcher.monitor;

import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** What happened last. Safe for several threads. */
public final class EventLog {

	private static final int MOST = 30;

	private final InstantSource clock;

	private final Deque<Event> newestFirst = new ArrayDeque<>();

	/**
	 * Makes an empty log.
	 * @param clock tells the time of each event
	 */
	public EventLog(InstantSource clock) {
		this.clock = clock;
	}

	/**
	 * Adds an event that happens now.
	 * @param kind what sort of thing
	 * @param text a sentence for the user
	 */
	public synchronized void add(Event.Kind kind, String text) {
		this.newestFirst.addFirst(new Event(this.clock.millis(), kind, text));
		if (this.newestFirst.size() > MOST) {
			this.newestFirst.removeLast();
		}
	}

	/**
	 * The last events.
	 * @return the newest first
	 */
	public synchronized List<Event> list() {
		return List.copyOf(this.newestFirst);
	}

}
