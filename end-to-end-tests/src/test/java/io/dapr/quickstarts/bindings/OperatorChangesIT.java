package io.dapr.quickstarts.bindings;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import io.dapr.quickstarts.bindings.launcher.kafka.KafkaBroker;
import io.dapr.quickstarts.bindings.launcher.kafka.Topics;
import io.dapr.quickstarts.bindings.launcher.process.Background;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What an operator changes while orders flow: the stream goes on. */
@OnKafka
class OperatorChangesIT {

	private static final Logger log = LoggerFactory.getLogger(OperatorChangesIT.class);

	/** Up to 50 orders per second. */
	private static final Duration INTERVAL = Duration.ofMillis(20);

	@Test
	void aSidecarThatRepeatsWithoutEndIsStopped(KafkaBroker kafka) {
		try (var installation = new Installation(kafka); var writer = new TopicWriter(kafka, installation.topic)) {
			installation.refuseDeadLetters(true);
			installation.start(0, INTERVAL);
			installation.awaitArrivals(20);
			writer.write(writer.record(null, "no JSON".getBytes(StandardCharsets.UTF_8)));
			awaitRepetitions(installation);
			var sidecar = installation.consumerSidecar.process();
			var start = System.nanoTime();
			sidecar.stop(Installation.SIDECAR_STOP_LIMIT);
			log.info("The sidecar ended within {}", Duration.ofNanos(System.nanoTime() - start));
			assertThat(sidecar.exitCode()).isZero();
			sidecar.start();
			awaitRepetitions(installation);
			installation.refuseDeadLetters(false);
			installation.stopProducer();

			assertAllInOrder(installation);
		}
	}

	private static void awaitRepetitions(Installation installation) {
		var before = installation.failedDeliveries();
		await("the record is redelivered again and again").atMost(Installation.LIMIT)
			.until(() -> installation.failedDeliveries() >= before + 3);
	}

	@Test
	void theDeadLetterInProgressIsWrittenBeforeTheSidecarEnds(KafkaBroker kafka) throws Exception {
		try (var proxy = new FailingProxy();
				var installation = Installation.on(kafka).deliveryPort(proxy.port()).build();
				var writer = new TopicWriter(kafka, installation.topic)) {
			proxy.forwardTo(installation.consumerPort);
			installation.startConsumer();
			// The consumer's first dead letter may take longer than a delivery may.
			writer.write(writer.record(null, "no JSON".getBytes(StandardCharsets.UTF_8)));
			await("the first dead letter is written").atMost(Installation.LIMIT)
				.until(() -> rejected(installation, 0) > 0);
			proxy.hold();
			writer.write(writer.record(null, "no JSON".getBytes(StandardCharsets.UTF_8)));
			writer.write(writer.order(1));
			await("the delivery is in progress").atMost(Installation.LIMIT).until(proxy::isHolding);
			var sidecar = installation.consumerSidecar.process();
			var stop = Background.run(() -> sidecar.stop(Installation.SIDECAR_STOP_LIMIT));
			await("the sidecar is about to end").atMost(Installation.LIMIT)
				.until(() -> sidecar.lastLines(1).get(0).contains("Blocking graceful shutdown"));
			proxy.release();
			stop.join();
			assertThat(rejected(installation, 1)).isOne();
			sidecar.start();

			installation.awaitAllOnceInOrder(1);
			assertThat(rejected(installation, 1)).isOne();
		}
	}

	/** How often the consumer has put the record at an offset to the dead letters. */
	private static long rejected(Installation installation, long offset) {
		return installation.consumerLines.stream()
			.filter((line) -> line.contains("Rejected the record at offset " + offset + " "))
			.count();
	}

	@Test
	void partitionsAreAdded(KafkaBroker kafka) {
		try (var installation = new Installation(kafka); var admin = new KafkaAdmin(kafka)) {
			installation.setComponent("clientConnectionTopicMetadataRefreshInterval", "2s");
			installation.start(0, INTERVAL);
			installation.awaitArrivals(20);
			admin.partitions(installation.topic, 3);
			// The orders of the producer's run stay together, those of others go
			// anywhere.
			var orderId = new AtomicLong(1_000_000);
			try (var others = new TopicWriter(kafka, installation.topic)) {
				installation.awaitOffsets("orders go through all partitions", (offsets) -> {
					others.writeOrder(Long.toString(orderId.get()), orderId.getAndIncrement());
					return offsets.values().stream().allMatch((partition) -> partition.next() > 10);
				});
			}
			installation.stopProducer();

			assertAllInOrder(installation);
		}
	}

	@Test
	void aComponentFileIsChanged(KafkaBroker kafka) {
		try (var installation = new Installation(kafka)) {
			installation.start(0, INTERVAL);
			installation.awaitArrivals(20);
			for (var backOff : List.of("400ms", "no duration")) {
				installation.setComponent("backOffDuration", backOff);
				// A sidecar that reloads it does so within a second.
				Faults.pass(Duration.ofSeconds(3));
				awaitNewOrders(installation);
			}
			installation.stopProducer();

			assertAllInOrder(installation);
		}
	}

	/**
	 * The reader keeps its old offset for a moment: what is written meanwhile to the new
	 * topic may be skipped, see {@link #topicsAreMadeAgainWhileNobodyReads}.
	 */
	@Test
	void topicsAreMadeAgain(KafkaBroker kafka) {
		try (var installation = new Installation(kafka); var admin = new KafkaAdmin(kafka)) {
			installation.start(0, INTERVAL);
			installation.awaitArrivals(50);
			makeTopicsAgain(installation, admin);

			awaitNewOrders(installation);
		}
	}

	@Test
	void topicsAreMadeAgainWhileNobodyReads(KafkaBroker kafka) {
		try (var installation = new Installation(kafka); var admin = new KafkaAdmin(kafka)) {
			installation.start(0, INTERVAL);
			installation.awaitArrivals(50);
			installation.consumerSidecar.process().stop(Installation.SIDECAR_STOP_LIMIT);
			makeTopicsAgain(installation, admin);
			installation.consumerSidecar.process().start();
			awaitNewOrders(installation);
			installation.stopProducer();

			assertAllInOrder(installation);
		}
	}

	private static void makeTopicsAgain(Installation installation, KafkaAdmin admin) {
		admin.delete(List.of(installation.topic, installation.deadLetterTopic));
		makeTopics(installation);
	}

	@Test
	void theBrokerComesBackWithoutItsData() {
		var kafka = TestKafka.embeddedBroker();
		kafka.start();
		try (var installation = new Installation(kafka)) {
			installation.start(0, INTERVAL);
			installation.awaitArrivals(50);
			kafka.stop();
			kafka.deleteData();
			kafka.start();
			makeTopics(installation);

			awaitNewOrders(installation);
		}
		finally {
			kafka.stop();
		}
	}

	private static void makeTopics(Installation installation) {
		try (var topics = new Topics(installation.kafka)) {
			topics.createForOrders(installation.topic, 1);
			topics.createForDeadLetters(installation.deadLetterTopic);
		}
	}

	private static void awaitNewOrders(Installation installation) {
		var start = System.nanoTime();
		var sent = installation.accepted();
		await("orders sent from now on are handled").atMost(Duration.ofSeconds(60))
			.until(() -> installation.deliveries.handled().stream().anyMatch((orderId) -> orderId > sent + 10));
		log.info("The stream went on within {}", Duration.ofNanos(System.nanoTime() - start));
		var arrived = installation.deliveries.soFar().firstDeliveries();
		assertThat(installation.deliveries.handled()).as("no new order is taken for a repeat").containsAll(arrived);
	}

	/** All that the topic holds arrives. */
	private static void assertAllInOrder(Installation installation) {
		try (var reader = new TopicReader(installation.kafka, installation.topic)) {
			var sent = reader.ordersByPartition();
			await("the last orders arrive").atMost(Installation.LIMIT)
				.until(() -> sent.values()
					.stream()
					.allMatch((orders) -> installation.deliveries.soFar().firstDeliveries().containsAll(orders)));
			installation.deliveries.soFar().assertAllInOrder(sent);
			log.info("{} orders accepted, {} in the topic, {} delivered again", installation.accepted(),
					sent.values().stream().mapToInt(List::size).sum(), installation.deliveries.soFar().repeats());
		}
	}

}
