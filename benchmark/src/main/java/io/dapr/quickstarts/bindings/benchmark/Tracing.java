package io.dapr.quickstarts.bindings.benchmark;

import java.nio.file.Path;
import java.util.Optional;

import io.dapr.quickstarts.bindings.launcher.kafka.Topics;
import io.dapr.quickstarts.bindings.launcher.trace.Zipkin;

/**
 * What it costs to trace each order: the same app at a sidecar that traces and at one
 * that does not, in turn. Zipkin runs on the same machine.
 */
final class Tracing implements Measurement {

	private static final String CONSUMER = "consumer throughput, traced or not";

	private static final String PRODUCER = "producer throughput, traced or not";

	private static final String OFF = "not traced";

	private static final String ON = "traced";

	@Override
	public void run(TestBed testBed, Systems systems, Scale scale, Results results) {
		testBed.say("starting Zipkin; the first time it is downloaded with the OpenTelemetry agent (160 MB)");
		var zipkin = new Zipkin(testBed.project().home(), testBed.folder());
		testBed.resources().add(zipkin::stop);
		zipkin.fetch();
		zipkin.start();
		var configuration = zipkin.writeConfiguration();
		consumer(testBed, systems.best().consumer(), configuration, scale, results);
		producer(testBed, systems.best().producer(), configuration, scale, results);
		zipkin.stop();
	}

	private static void consumer(TestBed testBed, SystemUnderTest consumer, Path configuration, Scale scale,
			Results results) {
		try (var plain = new ConsumerRun(testBed, consumer);
				var traced = new ConsumerRun(testBed, consumer, 1, Optional.of(configuration))) {
			plain.drain(scale.warmUp(), 0);
			traced.drain(scale.warmUp(), 0);
			for (var round = 0; round < scale.rounds(); round++) {
				results.add(CONSUMER, "orders/s", OFF, plain.drain(scale.consumed(), 0).throughput());
				results.add(CONSUMER, "orders/s", ON, traced.drain(scale.consumed(), 0).throughput());
			}
		}
		results.compare(CONSUMER, ON, OFF);
	}

	private static void producer(TestBed testBed, SystemUnderTest producer, Path configuration, Scale scale,
			Results results) {
		var traced = testBed.startProducerSidecar(Topics.ORDERS, Optional.of(configuration));
		for (var round = 0; round < scale.rounds(); round++) {
			results.add(PRODUCER, "orders/s", OFF,
					ProducerRun.of(testBed, testBed.producerSidecar(), producer, scale.produced()).throughput());
			results.add(PRODUCER, "orders/s", ON,
					ProducerRun.of(testBed, traced, producer, scale.produced()).throughput());
		}
		Resources.stop(traced.process());
		results.compare(PRODUCER, ON, OFF);
	}

}
