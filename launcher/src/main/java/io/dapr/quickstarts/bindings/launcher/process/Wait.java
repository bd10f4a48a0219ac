package io.dapr.quickstarts.bindings.launcher.process;

import java.time.Duration;
import java.util.concurrent.Callable;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** Waits for something to become true, never without a limit. */
public final class Wait {

	private static final Duration POLL = Duration.ofMillis(50);

	private Wait() {
	}

	/**
	 * Waits for a condition.
	 * @param what the condition in words, for the message: "the port is open"
	 * @param limit how long to wait
	 * @param condition is asked every 50 ms; an exception counts as not yet
	 * @throws IllegalStateException if it is still not true after the limit
	 */
	public static void until(String what, Duration limit, Callable<Boolean> condition) {
		try {
			Awaitility.await()
				.pollDelay(Duration.ZERO)
				.pollInterval(POLL)
				.atMost(limit)
				.ignoreExceptions()
				.until(condition);
		}
		catch (ConditionTimeoutException ex) {
			throw new IllegalStateException("Not within " + limit.toSeconds() + " s: " + what, ex);
		}
	}

}
