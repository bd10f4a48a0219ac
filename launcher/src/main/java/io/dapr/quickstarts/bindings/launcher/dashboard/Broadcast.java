package io.dapr.quickstarts.bindings.launcher.dashboard;

/**
 * Hands the newest text to any number of listeners. A slow one misses some, but holds
 * nobody up.
 */
final class Broadcast {

	private String newest = "";

	private long number;

	private int listeners;

	synchronized void publish(String text) {
		this.newest = text;
		this.number++;
		notifyAll();
	}

	/**
	 * Waits for a text that is newer than the last one.
	 * @param last the number of the last one, 0 at first
	 * @param limitMs how long to wait in milliseconds
	 * @return the newest text, which is an old one if none came within the limit
	 */
	synchronized Issue after(long last, long limitMs) throws InterruptedException {
		var deadline = System.nanoTime() + limitMs * 1_000_000;
		for (var left = limitMs; this.number <= last && left > 0; left = (deadline - System.nanoTime()) / 1_000_000) {
			wait(left);
		}
		return new Issue(this.number, this.newest);
	}

	/**
	 * Lets somebody listen.
	 * @return false if too many do
	 */
	synchronized boolean enter(int most) {
		if (this.listeners >= most) {
			return false;
		}
		this.listeners++;
		return true;
	}

	/** The number of the newest text so far. */
	synchronized long newest() {
		return this.number;
	}

	synchronized void leave() {
		this.listeners--;
	}

	synchronized boolean isHeard() {
		return this.listeners > 0;
	}

	/**
	 * A text and its number.
	 *
	 * @param number rises from text to text
	 * @param text what was published
	 */
	record Issue(long number, String text) {
	}

}
