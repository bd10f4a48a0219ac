package io.dapr.quickstarts.bindings;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

import io.dapr.quickstarts.bindings.launcher.kafka.KafkaBroker;
import io.dapr.quickstarts.bindings.launcher.kafka.Topics;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Consumers come and go while orders flow: none is lost, and the first deliveries are in
 * order in each partition.
 */
@OnKafka
class RebalanceIT {

	private static final Logger log = LoggerFactory.getLogger(RebalanceIT.class);

	/** More than 20 orders per second. */
	private static final Duration INTERVAL = Duration.ofMillis(40);

	/** For all changes, on a busy machine. */
	private static final Duration CHANGES_LIMIT = Duration.ofMinutes(5);

	private final String topic = "sample-" + UUID.randomUUID();

	private final AtomicLong sent = new AtomicLong();

	private final List<Installation> consumers = new ArrayList<>();

	@Test
	void rollingUpdateAndScaleIn(KafkaBroker kafka) {
		try (var topics = new Topics(kafka)) {
			topics.createForOrders(this.topic, 3);
		}
		try (var writer = new TopicWriter(kafka, this.topic); var reader = new TopicReader(kafka, this.topic)) {
			var changes = TestName.inBackground(() -> updateAndScaleIn(kafka));
			// Through all partitions, from before the first consumer comes.
			await("all changes are made").atMost(CHANGES_LIMIT).pollInterval(INTERVAL).until(() -> {
				var orderId = this.sent.incrementAndGet();
				writer.writeOrder(Long.toString(orderId), orderId);
				return changes.isDone();
			});
			changes.join();

			awaitArrivals(this.sent.get());
			var inTopic = reader.ordersByPartition();
			assertThat(inTopic).hasSize(3);
			var delivered = delivered();
			delivered.assertAllInOrder(inTopic);
			log.info("{} orders, {} delivered again; longest gap of a partition: {}", this.sent, delivered.repeats(),
					delivered.longestGap(inTopic));
		}
		finally {
			this.consumers.forEach(Installation::close);
		}
	}

	private void updateAndScaleIn(KafkaBroker kafka) {
		var running = new ArrayList<>(List.of(startConsumer(kafka), startConsumer(kafka), startConsumer(kafka)));
		var group = running.get(0);
		group.awaitMembers(3);
		awaitArrivals(100);
		for (var replaced = 0; replaced < 3; replaced++) {
			running.add(startConsumer(kafka));
			group.awaitMembers(4);
			running.remove(0).stopConsumerAndSidecar();
			group.awaitMembers(3);
			awaitArrivals(this.sent.get() + 10);
		}
		while (running.size() > 1) {
			running.remove(0).stopConsumerAndSidecar();
			group.awaitMembers(running.size());
			awaitArrivals(this.sent.get() + 10);
		}
	}

	@Test
	void joinsAndLeavesWhileARecordIsRepeated(KafkaBroker kafka) {
		try (var first = Installation.on(kafka).topic(this.topic).partitions(2).build();
				var second = Installation.on(kafka).topic(this.topic).partitions(2).build();
				var writer = new TopicWriter(kafka, this.topic);
				var deadLetters = new TopicReader(kafka, first.deadLetterTopic)) {
			this.consumers.addAll(List.of(first, second));
			first.refuseDeadLetters(true);
			first.start(0, INTERVAL);
			second.startConsumer();
			second.consumerSidecar.process().stop(Installation.SIDECAR_STOP_LIMIT);
			awaitArrivals(20);
			writer.write(writer.record(null, "no JSON".getBytes(StandardCharsets.UTF_8)));
			for (var time = 0; time < 20; time++) {
				second.consumerSidecar.process().start();
				Faults.pass(Duration.ofSeconds(3));
				second.consumerSidecar.process().stop(Installation.SIDECAR_STOP_LIMIT);
				assertThat(second.consumerSidecar.process().exitCode()).isZero();
			}
			first.refuseDeadLetters(false);
			first.stopProducer();

			awaitArrivals(first.accepted());
			assertThat(deadLetters.values(1)).containsExactly("no JSON");
			try (var reader = new TopicReader(kafka, this.topic)) {
				var sent = reader.ordersByPartition();
				delivered().assertAllInOrder(sent);
				log.info("{} orders, {} delivered again", first.accepted(), delivered().repeats());
			}
		}
	}

	private Installation startConsumer(KafkaBroker kafka) {
		var installation = Installation.on(kafka).topic(this.topic).partitions(3).build();
		this.consumers.add(installation);
		installation.startConsumer();
		installation.consumerSidecar.awaitReady(Installation.LIMIT);
		return installation;
	}

	private Delivered delivered() {
		return Deliveries.together(this.consumers.stream().map((installation) -> installation.deliveries));
	}

	private void awaitArrivals(long count) {
		await("%d orders have arrived".formatted(count)).atMost(Installation.LIMIT)
			.until(() -> delivered().firstDeliveries().size() >= count);
	}

}
