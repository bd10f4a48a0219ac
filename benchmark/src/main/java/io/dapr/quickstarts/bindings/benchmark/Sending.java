package io.dapr.quickstarts.bindings.benchmark;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import io.dapr.quickstarts.bindings.launcher.dapr.Sidecar;

/** One run of a producer from its start to its last order, without pauses. */
final class Sending {

	private static final Duration LIMIT = Duration.ofMinutes(5);

	private Sending() {
	}

	/**
	 * Runs a producer. The time for its speed runs from the first fifth of the orders to
	 * the last one, so that its start and warm-up are no part of it.
	 * @param workbench starts it
	 * @param sidecar takes its orders
	 * @param producer the program
	 * @param orders how many orders it sends
	 * @return what was measured
	 */
	static Sent run(Workbench workbench, Sidecar sidecar, Subject producer, int orders) {
		try (var process = workbench.start(producer, environment(sidecar, orders, 0))) {
			var begin = process.await((count) -> count >= orders / 5, LIMIT);
			var cpuBefore = process.cpu();
			// Taken a little before the end, since the producer ends with its last order.
			process.await((count) -> count >= orders - orders / 20, LIMIT);
			var resident = process.residentMebibytes();
			var cpu = process.cpu().minus(cpuBefore);
			var end = process.await((count) -> count >= orders, LIMIT);
			return new Sent(end.rateSince(begin), cpu.toNanos() / 1e6 / (orders * 0.75), resident);
		}
	}

	/** What a producer needs in its environment. */
	static Map<String, String> environment(Sidecar sidecar, long orders, long pauseMillis) {
		var environment = new HashMap<>(sidecar.environment());
		environment.put("ORDERS", Long.toString(orders));
		environment.put("ORDER_INTERVAL_MS", Long.toString(pauseMillis));
		return environment;
	}

	/**
	 * What one run gave.
	 *
	 * @param rate orders per second
	 * @param cpuMillis the producer's CPU time per order, in milliseconds
	 * @param residentMebibytes its memory that was in RAM near the end
	 */
	record Sent(double rate, double cpuMillis, double residentMebibytes) {
	}

}
