package io.dapr.quickstarts.bindings.benchmark;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import io.dapr.quickstarts.bindings.launcher.dapr.Sidecar;

/**
 * What one run of a producer gave, from its start to its last order, without pauses.
 *
 * @param throughput orders per second
 * @param cpu the producer's CPU time per order, in milliseconds
 * @param memory what it had in RAM near the end, in MiB
 */
record ProducerRun(double throughput, double cpu, double memory) {

	private static final Duration LIMIT = Duration.ofMinutes(5);

	/**
	 * Runs a producer. Its throughput is that of the last four fifths of its orders, so
	 * that start and warm-up are no part of it.
	 * @param testBed starts it
	 * @param sidecar takes its orders
	 * @param producer the program
	 * @param orders how many orders it sends
	 * @return what was measured
	 */
	static ProducerRun of(TestBed testBed, Sidecar sidecar, SystemUnderTest producer, int orders) {
		try (var running = testBed.start(producer, environment(sidecar, orders, Duration.ZERO))) {
			var begin = running.awaitOrders(orders / 5, LIMIT);
			var cpu = running.process().cpuTime();
			// Well before the end, since the producer exits after its last order.
			var nearEnd = running.awaitOrders(orders - orders / 5, LIMIT);
			var memory = RunningSystem.memory(running.process());
			cpu = running.process().cpuTime().minus(cpu);
			var end = running.awaitOrders(orders, LIMIT);
			return new ProducerRun(end.throughputSince(begin),
					cpu.toNanos() / 1e6 / (nearEnd.orders() - begin.orders()), memory);
		}
	}

	/**
	 * The variables that a producer needs.
	 * @param sidecar takes its orders
	 * @param orders how many orders it sends, 0 for no end
	 * @param interval the pause after each
	 * @return the variables
	 */
	static Map<String, String> environment(Sidecar sidecar, int orders, Duration interval) {
		var environment = new HashMap<>(sidecar.environment());
		environment.put("ORDERS", Integer.toString(orders));
		environment.put("ORDER_INTERVAL_MS", Long.toString(interval.toMillis()));
		return environment;
	}

}
