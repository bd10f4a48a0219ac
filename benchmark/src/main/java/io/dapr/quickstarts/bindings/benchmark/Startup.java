package io.dapr.quickstarts.bindings.benchmark;

import java.time.Duration;
import java.util.Map;

import io.dapr.quickstarts.bindings.benchmark.SystemUnderTest.Role;
import io.dapr.quickstarts.bindings.launcher.process.FreePorts;

/**
 * The time from the start of a process to its first order. The benchmark posts a
 * consumer's first order itself: a sidecar looks only once a second whether the app is
 * there, which would hide the difference.
 */
final class Startup implements Measurement {

	/** What all its metrics begin with. */
	static final String METRIC = "startup, ";

	private static final String HANDLED = METRIC + "first order handled";

	private static final String ACCEPTED = METRIC + "first order accepted";

	private static final Duration LIMIT = Duration.ofSeconds(60);

	@Override
	public void run(TestBed testBed, Systems systems, Scale scale, Results results) {
		// Brings all files into the system's cache.
		round(testBed, systems, new Results((line) -> {
		}));
		for (var round = 0; round < scale.rounds(); round++) {
			round(testBed, systems, results);
		}
		var plain = systems.forms().get(0);
		results.compare(HANDLED, systems.best().consumer().name(), plain.consumer().name());
		results.compare(ACCEPTED, systems.best().producer().name(), plain.producer().name());
	}

	private static void round(TestBed testBed, Systems systems, Results results) {
		for (var consumer : systems.consumers()) {
			if (consumer.role() == Role.KAFKA_CONSUMER) {
				kafkaConsumer(testBed, consumer, results);
			}
			else {
				consumer(testBed, consumer, results);
			}
		}
		for (var producer : systems.producers()) {
			var environment = ProducerRun.environment(testBed.producerSidecar(), 1, Duration.ZERO);
			firstOrder(testBed, producer, environment, ACCEPTED, results);
		}
	}

	private static void consumer(TestBed testBed, SystemUnderTest consumer, Results results) {
		var port = FreePorts.any();
		var begin = System.nanoTime();
		try (var running = testBed.start(consumer, Map.of("APP_PORT", Integer.toString(port)))) {
			running.awaitPort(port, LIMIT);
			results.add(METRIC + "port open", "s", consumer.name(), secondsSince(begin));
			OrderPost.send(port, 1);
			results.add(HANDLED, "s", consumer.name(), secondsSince(begin));
		}
	}

	private static void kafkaConsumer(TestBed testBed, SystemUnderTest consumer, Results results) {
		try (var topic = testBed.topic(1)) {
			topic.fill(1, 0);
			firstOrder(testBed, consumer, testBed.kafkaEnvironment(topic), HANDLED, results);
		}
	}

	private static void firstOrder(TestBed testBed, SystemUnderTest system, Map<String, String> environment,
			String metric, Results results) {
		var begin = System.nanoTime();
		try (var running = testBed.start(system, environment)) {
			running.awaitOrders(1, LIMIT);
			results.add(metric, "s", system.name(), secondsSince(begin));
		}
	}

	private static double secondsSince(long begin) {
		return (System.nanoTime() - begin) / 1e9;
	}

}
