package io.dapr.quickstarts.bindings.launcher.monitor;

import java.time.Duration;

/** How long a position has not changed. */
final class StallTimer {

	/** After this it is reported; restarts and rebalances take less. */
	static final Duration LIMIT = Duration.ofSeconds(15);

	private Object position;

	private Duration length = Duration.ZERO;

	/**
	 * Takes an observation.
	 * @param now where it is
	 * @param step the time since the last one
	 * @return how long it has been there
	 */
	Duration observe(Object now, Duration step) {
		this.length = now.equals(this.position) ? this.length.plus(step) : Duration.ZERO;
		this.position = now;
		return this.length;
	}

	void reset() {
		this.position = null;
	}

}
