package io.dapr.quickstarts.bindings.benchmark;

import java.time.Duration;

import io.dapr.quickstarts.bindings.launcher.Apps;
import io.dapr.quickstarts.bindings.launcher.process.ManagedProcess;

/**
 * The memory that is in RAM: idle, after orders, and at rest again. Each round starts
 * every program anew.
 */
final class Memory implements Measurement {

	/** What all its metrics begin with. */
	static final String METRIC = "memory, ";

	private static final Duration REST = Duration.ofSeconds(5);

	private static final Duration START_LIMIT = Duration.ofSeconds(60);

	/** Longer than the producer is watched. */
	private static final Duration PAUSE = Duration.ofMinutes(1);

	@Override
	public void run(TestBed testBed, Systems systems, Scale scale, Results results) {
		for (var round = 0; round < scale.rounds(); round++) {
			systems.consumers().forEach((consumer) -> consumer(testBed, systems, consumer, scale, results));
			systems.forms().forEach((form) -> idleProducer(testBed, form.producer(), results));
			systems.producers().forEach((producer) -> producer(testBed, producer, scale, results));
		}
	}

	private static void consumer(TestBed testBed, Systems systems, SystemUnderTest consumer, Scale scale,
			Results results) {
		var after = "after %,d orders".formatted(scale.consumed());
		try (var run = new ConsumerRun(testBed, consumer)) {
			rest();
			add(results, "idle", consumer.name(), run.process());
			run.drain(scale.consumed(), 0);
			add(results, after, consumer.name(), run.process());
			rest();
			add(results, "at rest " + after, consumer.name(), run.process());
			if (consumer.equals(systems.best().consumer())) {
				add(results, "at rest " + after, Apps.CONSUMER + "'s sidecar", run.sidecar().orElseThrow());
			}
		}
	}

	private static void idleProducer(TestBed testBed, SystemUnderTest producer, Results results) {
		try (var running = testBed.start(producer, ProducerRun.environment(testBed.producerSidecar(), 0, PAUSE))) {
			running.awaitOrders(1, START_LIMIT);
			rest();
			add(results, "idle", producer.name(), running.process());
		}
	}

	private static void producer(TestBed testBed, SystemUnderTest producer, Scale scale, Results results) {
		results.add(METRIC + "after %,d orders".formatted(scale.produced()), "MiB", producer.name(),
				ProducerRun.of(testBed, testBed.producerSidecar(), producer, scale.produced()).memory());
	}

	private static void add(Results results, String when, String system, ManagedProcess process) {
		results.add(METRIC + when, "MiB", system, RunningSystem.memory(process));
	}

	private static void rest() {
		try {
			Thread.sleep(REST.toMillis());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted", ex);
		}
	}

}
