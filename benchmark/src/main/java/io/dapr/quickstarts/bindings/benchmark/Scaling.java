package io.dapr.quickstarts.bindings.benchmark;

import java.util.Map;
import java.util.Optional;

/**
 * How the throughput changes with the number of partitions, which the sidecar delivers
 * side by side, with the size of an order, and with the producer's orders in flight.
 * Consumer and limit alternate.
 */
final class Scaling implements Measurement {

	/** What the metrics of the partitions begin with. */
	static final String PARTITIONS = "throughput, partitions: ";

	private static final int[] PARTITION_COUNTS = { 1, 2, 4, 8 };

	private static final int[] ORDER_BYTES = { 100, 10_000, 500_000 };

	private static final int[] ORDERS_IN_FLIGHT = { 1, 4, 16 };

	/** The first round is so much longer: it warms up. */
	private static final int WARM_UP = 4;

	/** The most bytes that the topic of a round holds. */
	private static final long MAX_BYTES = 50_000_000;

	@Override
	public void run(TestBed testBed, Systems systems, Scale scale, Results results) {
		var orders = scale.consumed() / 4;
		for (var partitions : PARTITION_COUNTS) {
			measure(testBed, systems, scale.rounds(), new Load(partitions, orders, 0), PARTITIONS + partitions,
					results);
		}
		for (var bytes : ORDER_BYTES) {
			var fitting = (int) Math.min(orders, MAX_BYTES / bytes);
			measure(testBed, systems, scale.rounds(), new Load(1, fitting, bytes),
					"throughput, bytes per order: %,d".formatted(bytes), results);
		}
		for (var inFlight : ORDERS_IN_FLIGHT) {
			measureProducer(testBed, systems.best().producer(), inFlight, scale, results);
		}
	}

	private static void measure(TestBed testBed, Systems systems, int rounds, Load load, String metric,
			Results results) {
		var consumer = systems.best().consumer();
		try (var limitRun = new ConsumerRun(testBed, systems.consumerLimit(), load.partitions, Optional.empty());
				var run = new ConsumerRun(testBed, consumer, load.partitions, Optional.empty())) {
			limitRun.drain(WARM_UP * load.orders, load.bytes);
			run.drain(WARM_UP * load.orders, load.bytes);
			for (var round = 0; round < rounds; round++) {
				results.add(metric, "orders/s", systems.consumerLimit().name(),
						limitRun.drain(load.orders, load.bytes).throughput());
				results.add(metric, "orders/s", consumer.name(), run.drain(load.orders, load.bytes).throughput());
			}
		}
	}

	/** There are as many partitions as orders in flight. */
	private static void measureProducer(TestBed testBed, SystemUnderTest producer, int inFlight, Scale scale,
			Results results) {
		try (var topic = testBed.topic(inFlight)) {
			var sidecar = testBed.startProducerSidecar(topic.name(), Optional.empty());
			var system = producer.withEnvironment(Map.of("ORDERS_IN_FLIGHT", Integer.toString(inFlight)));
			for (var round = 0; round < scale.rounds(); round++) {
				results.add("producer throughput, orders in flight: " + inFlight, "orders/s", producer.name(),
						ProducerRun.of(testBed, sidecar, system, scale.produced()).throughput());
			}
			Resources.stop(sidecar.process());
		}
	}

	/**
	 * What a round delivers.
	 *
	 * @param partitions of the topic
	 * @param orders that wait in it
	 * @param bytes the least size of an order
	 */
	private record Load(int partitions, int orders, int bytes) {
	}

}
