package io.dapr.quickstarts.bindings.benchmark;

import java.util.ArrayList;
import java.util.List;

/**
 * How many orders a producer gets accepted, one at a time and without pause. Each round
 * starts every producer anew.
 */
final class ProducerThroughput implements Measurement {

	private static final String METRIC = "producer throughput";

	@Override
	public void run(TestBed testBed, Systems systems, Scale scale, Results results) {
		var producers = new ArrayList<>(List.of(systems.producerLimit()));
		producers.addAll(systems.producers());
		for (var round = 0; round < scale.rounds(); round++) {
			for (var producer : producers) {
				var run = ProducerRun.of(testBed, testBed.producerSidecar(), producer, scale.produced());
				results.add(METRIC, "orders/s", producer.name(), run.throughput());
				results.add("CPU time per order, producer", "ms", producer.name(), run.cpu());
			}
		}
		var limit = systems.producerLimit().name();
		systems.producers().forEach((producer) -> results.compare(METRIC, producer.name(), limit));
		systems.forms().forEach((form) -> results.compare(METRIC, form.producer().name(), Systems.HTTP_CLIENT));
	}

}
