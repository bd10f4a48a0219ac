package io.dapr.quickstarts.bindings.benchmark;

import java.util.LinkedHashMap;
import java.util.stream.Stream;

/**
 * How fast orders that wait in the topic go through the sidecar into the consumer. All
 * consumers run from the beginning and get their orders in turn; the first, longer round
 * warms them up.
 */
final class ConsumerThroughput implements Measurement {

	private static final String METRIC = "consumer throughput";

	@Override
	public void run(TestBed testBed, Systems systems, Scale scale, Results results) {
		var consumers = Stream.concat(systems.consumers().stream(), Stream.of(systems.consumerWithStateStore()))
			.toList();
		var runs = new LinkedHashMap<String, ConsumerRun>();
		runs.put(systems.consumerLimit().name(), new ConsumerRun(testBed, systems.consumerLimit()));
		consumers.forEach((consumer) -> runs.put(consumer.name(), new ConsumerRun(testBed, consumer)));
		runs.forEach((name, run) -> results.add(METRIC + ", just started", "orders/s", name,
				run.drain(scale.warmUp(), 0).throughput()));
		for (var round = 0; round < scale.rounds(); round++) {
			runs.forEach((name, run) -> {
				var drained = run.drain(scale.consumed(), 0);
				results.add(METRIC, "orders/s", name, drained.throughput());
				results.add("CPU time per order, consumer", "ms", name, drained.cpu());
				if (run.sidecar().isPresent()) {
					results.add("CPU time per order, its sidecar", "ms", name, drained.sidecarCpu());
				}
			});
		}
		runs.values().forEach(ConsumerRun::close);
		var limit = systems.consumerLimit().name();
		consumers.forEach((consumer) -> results.compare(METRIC, consumer.name(), limit));
	}

}
