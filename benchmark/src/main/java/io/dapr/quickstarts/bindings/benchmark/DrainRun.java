package io.dapr.quickstarts.bindings.benchmark;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import io.dapr.quickstarts.bindings.launcher.dapr.Sidecar;
import io.dapr.quickstarts.bindings.launcher.process.FreePorts;
import io.dapr.quickstarts.bindings.launcher.process.Wait;

/**
 * A consumer with a sidecar and a topic of its own. In each round the sidecar is frozen
 * until all orders wait in the topic; then it hands them over.
 */
final class DrainRun implements AutoCloseable {

	private static final Duration START_LIMIT = Duration.ofSeconds(60);

	private static final Duration ROUND_LIMIT = Duration.ofMinutes(5);

	private static final Duration SIDECAR_STOP_LIMIT = Duration.ofSeconds(10);

	private final MeasuredProcess process;

	private final OrderTopic topic;

	private final Sidecar sidecar;

	/**
	 * Starts the consumer, with a sidecar without configuration, and waits for its port.
	 * @param workbench the broker and the rest
	 * @param consumer what takes the orders; it reads its port from APP_PORT
	 * @param partitions how many partitions the topic gets
	 */
	DrainRun(Workbench workbench, Subject consumer, int partitions) {
		this(workbench, consumer, partitions, Optional.empty());
	}

	/**
	 * Starts the consumer and waits for its port.
	 * @param workbench the broker and the rest
	 * @param consumer what takes the orders; it reads its port from APP_PORT
	 * @param partitions how many partitions the topic gets
	 * @param configuration the file with the sidecar's Configuration, empty for the
	 * defaults
	 */
	DrainRun(Workbench workbench, Subject consumer, int partitions, Optional<Path> configuration) {
		var port = FreePorts.any();
		this.topic = workbench.topic(partitions);
		this.sidecar = workbench.consumerSidecar(port, this.topic.name(), configuration);
		this.process = workbench.start(consumer, environment(port));
		Wait.until(consumer.name() + " listens on port " + port, START_LIMIT,
				() -> Port.isOpen(port) || !this.process.isAlive());
		// Fails with where to look if it has ended.
		this.process.await((count) -> this.process.isAlive(), START_LIMIT);
		this.sidecar.process().start();
	}

	private Map<String, String> environment(int port) {
		var environment = new HashMap<>(this.sidecar.environment());
		environment.put("APP_PORT", Integer.toString(port));
		return environment;
	}

	/**
	 * Measures one round. The time runs from the first twentieth of the orders to the
	 * last order, so that the sidecar's waking is no part of it.
	 * @param orders how many orders wait
	 * @param bytes the least size of one
	 * @return what was measured
	 */
	Drained round(int orders, int bytes) {
		var before = this.process.count();
		this.sidecar.process().freeze();
		this.topic.fill(orders, bytes);
		this.sidecar.process().thaw();
		var begin = this.process.await((count) -> count >= before + orders / 20, ROUND_LIMIT);
		var cpuBefore = this.process.cpu();
		var end = this.process.await((count) -> count >= before + orders, ROUND_LIMIT);
		var cpu = this.process.cpu().minus(cpuBefore);
		return new Drained(end.rateSince(begin), cpu.toNanos() / 1e6 / (end.orders() - begin.orders()));
	}

	/** The memory of the consumer that is in RAM, in MiB. */
	double residentMebibytes() {
		return this.process.residentMebibytes();
	}

	@Override
	public void close() {
		this.sidecar.process().stop(SIDECAR_STOP_LIMIT);
		this.process.close();
		this.topic.close();
	}

	/**
	 * What one round gave.
	 *
	 * @param rate orders per second
	 * @param cpuMillis the consumer's CPU time per order, in milliseconds
	 */
	record Drained(double rate, double cpuMillis) {
	}

}
