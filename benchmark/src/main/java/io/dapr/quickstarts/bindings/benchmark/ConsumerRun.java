package io.dapr.quickstarts.bindings.benchmark;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Optional;

import io.dapr.quickstarts.bindings.benchmark.SystemUnderTest.Role;
import io.dapr.quickstarts.bindings.launcher.process.FreePorts;
import io.dapr.quickstarts.bindings.launcher.process.ManagedProcess;

/**
 * A consumer that runs, with a topic, a consumer group and, if it needs one, a sidecar of
 * its own.
 */
final class ConsumerRun implements AutoCloseable {

	private static final Duration START_LIMIT = Duration.ofSeconds(60);

	private static final Duration ROUND_LIMIT = Duration.ofMinutes(5);

	private final FilledTopic topic;

	private final RunningSystem consumer;

	private final Optional<ManagedProcess> sidecar;

	/**
	 * Starts a consumer and its sidecar.
	 * @param testBed the broker and the rest
	 * @param system the consumer
	 * @param partitions how many partitions its topic gets
	 * @param configuration the sidecar's Configuration, empty for the defaults
	 */
	ConsumerRun(TestBed testBed, SystemUnderTest system, int partitions, Optional<Path> configuration) {
		this.topic = testBed.topic(partitions);
		if (system.role() == Role.KAFKA_CONSUMER) {
			this.consumer = testBed.start(system, testBed.kafkaEnvironment(this.topic));
			this.sidecar = Optional.empty();
			return;
		}
		var port = FreePorts.any();
		var stateStore = system.role() == Role.CONSUMER_WITH_STATE_STORE;
		// It waits for the consumer.
		var ownSidecar = testBed.startConsumerSidecar(port, this.topic.name(), stateStore, configuration);
		this.sidecar = Optional.of(ownSidecar.process());
		var environment = new HashMap<>(ownSidecar.environment());
		environment.put("APP_PORT", Integer.toString(port));
		this.consumer = testBed.start(system, environment);
		this.consumer.awaitPort(port, START_LIMIT);
	}

	/** As above, with one partition and the sidecar's defaults. */
	ConsumerRun(TestBed testBed, SystemUnderTest system) {
		this(testBed, system, 1, Optional.empty());
	}

	/**
	 * Lets orders pile up in the topic while whoever reads it is frozen, then lets them
	 * through. The time runs from the first twentieth of the orders to the last, so that
	 * the reader's waking up is no part of it.
	 * @param orders how many
	 * @param bytes the least size of one
	 * @return what was measured
	 */
	Drained drain(int orders, int bytes) {
		var reader = this.sidecar.orElse(this.consumer.process());
		var before = this.consumer.orders();
		reader.freeze();
		this.topic.fill(orders, bytes);
		reader.thaw();
		var begin = this.consumer.awaitOrders(before + orders / 20, ROUND_LIMIT);
		var cpu = this.consumer.process().cpuTime();
		var sidecarCpu = reader.cpuTime();
		var end = this.consumer.awaitOrders(before + orders, ROUND_LIMIT);
		var counted = end.orders() - begin.orders();
		return new Drained(end.throughputSince(begin), millis(this.consumer.process().cpuTime().minus(cpu)) / counted,
				millis(reader.cpuTime().minus(sidecarCpu)) / counted);
	}

	private static double millis(Duration duration) {
		return duration.toNanos() / 1e6;
	}

	ManagedProcess process() {
		return this.consumer.process();
	}

	/** The sidecar's process, empty for a consumer that reads Kafka itself. */
	Optional<ManagedProcess> sidecar() {
		return this.sidecar;
	}

	@Override
	public void close() {
		this.sidecar.ifPresent(Resources::stop);
		this.consumer.close();
		this.topic.close();
	}

	/**
	 * What one round gave.
	 *
	 * @param throughput orders per second
	 * @param cpu the consumer's CPU time per order, in milliseconds
	 * @param sidecarCpu the same of the sidecar; the consumer's again if it has none
	 */
	record Drained(double throughput, double cpu, double sidecarCpu) {
	}

}
