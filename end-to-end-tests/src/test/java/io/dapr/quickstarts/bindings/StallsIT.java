package io.dapr.quickstarts.bindings;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.dapr.quickstarts.bindings.launcher.kafka.KafkaBroker;
import io.dapr.quickstarts.bindings.launcher.process.ManagedProcess;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertAll;

/**
 * A part hangs for a while, as in a long garbage collection: whatever the length, the
 * stream goes on, without loss and in order. A random half of the lengths is tried, all
 * with {@code -Dstalls.all=true}, the half of an earlier run with {@code -Dstalls.seed}.
 */
@OnKafka
class StallsIT {

	private static final Logger log = LoggerFactory.getLogger(StallsIT.class);

	/** More than 20 orders per second. */
	private static final Duration INTERVAL = Duration.ofMillis(40);

	private static final Duration GOES_ON_WITHIN = Duration.ofSeconds(10);

	private static final List<Duration> FEW_LENGTHS = Stream.of(1, 3, 5, 8, 12).map(Duration::ofSeconds).toList();

	/** From 1 to 12 s in steps of half a second. */
	private static final List<Duration> ALL_LENGTHS = IntStream.rangeClosed(2, 24)
		.mapToObj((halves) -> Duration.ofMillis(500L * halves))
		.toList();

	/** What Go takes for itself where the sidecar may use one CPU, as in deploy/. */
	private static final Map<String, String> ONE_CPU = Map.of("GOMAXPROCS", "1");

	@Test
	void consumerFrozen(KafkaBroker kafka) {
		stall(kafka, chosen(ALL_LENGTHS), 2, (installation) -> freezer(installation.consumer));
	}

	@Test
	void consumerSidecarFrozen(KafkaBroker kafka) {
		stall(kafka, FEW_LENGTHS, 1, (installation) -> freezer(installation.consumerSidecar.process()));
	}

	@Test
	void producerSidecarFrozen(KafkaBroker kafka) {
		stall(kafka, FEW_LENGTHS, 1, (installation) -> freezer(installation.producerSidecar.process()));
	}

	@Test
	void brokerFrozen(@OwnBroker KafkaBroker kafka) {
		stall(kafka, FEW_LENGTHS, 1, (installation) -> (length) -> Faults.freeze(kafka, length));
	}

	private static Consumer<Duration> freezer(ManagedProcess process) {
		return (length) -> Faults.freeze(process, length);
	}

	private static List<Duration> chosen(List<Duration> lengths) {
		var seed = Long.getLong("stalls.seed", System.nanoTime());
		var shuffled = new ArrayList<>(lengths);
		Collections.shuffle(shuffled, new Random(seed));
		if (Boolean.getBoolean("stalls.all")) {
			return shuffled;
		}
		log.info("A random half of the lengths; the same one comes with -Dstalls.seed={}", seed);
		return shuffled.subList(0, lengths.size() / 2);
	}

	/** Deals the lengths out to some installations, which run at the same time. */
	private static void stall(KafkaBroker kafka, List<Duration> lengths, int installations,
			Function<Installation, Consumer<Duration>> freezer) {
		var runs = IntStream.range(0, installations)
			.mapToObj((which) -> IntStream.range(0, lengths.size())
				.filter((index) -> index % installations == which)
				.mapToObj(lengths::get)
				.toList())
			.map((share) -> TestName.inBackground(() -> stall(kafka, share, freezer)))
			.toList();
		assertAll(runs.stream().map((run) -> run::join));
	}

	private static void stall(KafkaBroker kafka, List<Duration> lengths,
			Function<Installation, Consumer<Duration>> freezer) {
		try (var installation = Installation.on(kafka).sidecarEnvironment(ONE_CPU).build()) {
			installation.start(0, INTERVAL);
			installation.awaitArrivals(20);
			for (var length : lengths) {
				freezer.apply(installation).accept(length);
				awaitFurtherOrders(installation, length);
			}
			installation.stopProducer();
			installation.awaitAllInOrder(installation.accepted());
			log.info("{} orders, {} delivered again", installation.accepted(),
					installation.deliveries.soFar().repeats());
		}
	}

	/** More than the one that was in progress. */
	private static void awaitFurtherOrders(Installation installation, Duration length) {
		var thawed = System.nanoTime();
		var before = installation.arrivals();
		await("the stream goes on after a stall of " + length).atMost(GOES_ON_WITHIN)
			.until(() -> installation.arrivals() > before + 10);
		log.info("After a stall of {} the stream went on within {}", length,
				Duration.ofNanos(System.nanoTime() - thawed));
	}

}
