package io.dapr.quickstarts.bindings;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import io.dapr.quickstarts.bindings.launcher.kafka.KafkaBroker;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Consumers of one group share the orders, each group gets all of them. */
@OnKafka
class ConsumerGroupsIT {

	private static final List<String> KEYS = List.of("ada", "grace", "barbara", "frances", "jean", "katherine");

	private static final int ORDERS = 120;

	private final String topic = "sample-" + UUID.randomUUID();

	@Test
	void twoPartitionsAreSharedByTwoConsumers(KafkaBroker kafka) {
		try (var first = Installation.on(kafka).topic(this.topic).partitions(2).build();
				var second = Installation.on(kafka).topic(this.topic).partitions(2).build();
				var writer = new TopicWriter(kafka, this.topic)) {
			first.startConsumer();
			second.startConsumer();
			first.awaitMembers(2);
			write(writer, 1, ORDERS);

			awaitTogether(first, second, ORDERS);
			assertThat(first.deliveries.handled()).doesNotContainAnyElementsOf(second.deliveries.handled());
			for (int key = 0; key < KEYS.size(); key++) {
				var rest = key;
				var ofKey = Installation.numbers(ORDERS).stream().filter((id) -> id % KEYS.size() == rest).toList();
				assertThat(List.of(ofKey(first, rest), ofKey(second, rest))).as("orders with the key " + KEYS.get(key))
					.containsExactlyInAnyOrder(ofKey, List.of());
			}
		}
	}

	@Test
	void aSecondConsumerOfOnePartitionWaitsAndTakesOver(KafkaBroker kafka) {
		try (var first = Installation.on(kafka).topic(this.topic).build();
				var second = Installation.on(kafka).topic(this.topic).build();
				var writer = new TopicWriter(kafka, this.topic)) {
			first.startConsumer();
			write(writer, 1, ORDERS / 2);
			first.awaitAllOnceInOrder(ORDERS / 2);
			second.startConsumer();
			first.awaitMembers(2);
			write(writer, ORDERS / 2 + 1, ORDERS);
			awaitTogether(first, second, ORDERS);
			// When the second one joins, Kafka may give the partition to either.
			var owner = second.deliveries.handled().contains((long) ORDERS) ? second : first;
			var other = (owner == first) ? second : first;
			owner.consumer.kill();
			owner.consumerSidecar.process().kill();
			write(writer, ORDERS + 1, ORDERS + 20);

			awaitTogether(first, second, ORDERS + 20);
			var afterwards = Installation.numbers(ORDERS + 20).subList(ORDERS, ORDERS + 20);
			assertThat(other.deliveries.soFar().firstDeliveries()).containsSubsequence(afterwards);
		}
	}

	@Test
	void eachGroupGetsAllOrders(KafkaBroker kafka) {
		try (var first = Installation.on(kafka).topic(this.topic).build();
				var second = Installation.on(kafka).topic(this.topic).group("group2").build();
				var writer = new TopicWriter(kafka, this.topic)) {
			first.startConsumer();
			second.startConsumer();
			write(writer, 1, ORDERS);

			first.awaitAllOnceInOrder(ORDERS);
			second.awaitAllOnceInOrder(ORDERS);
		}
	}

	private static void write(TopicWriter writer, long from, long to) {
		for (var orderId = from; orderId <= to; orderId++) {
			writer.writeOrder(KEYS.get((int) (orderId % KEYS.size())), orderId);
		}
	}

	private static List<Long> ofKey(Installation installation, int rest) {
		return installation.deliveries.soFar()
			.firstDeliveries()
			.stream()
			.filter((id) -> id % KEYS.size() == rest)
			.toList();
	}

	/** Repeats may come when the partitions change hands. */
	private static void awaitTogether(Installation first, Installation second, long orders) {
		await("%d orders have arrived at either".formatted(orders)).atMost(Installation.LIMIT).untilAsserted(() -> {
			var all = new ArrayList<>(first.deliveries.handled());
			all.addAll(second.deliveries.handled());
			assertThat(all).containsAll(Installation.numbers(orders));
		});
	}

}
