package io.dapr.quickstarts.bindings;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.dapr.quickstarts.bindings.launcher.kafka.KafkaBroker;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Orders travel through real sidecars and a real Kafka. */
@OnKafka
class OrdersIT {

	private static final Pattern HANDLED = Pattern.compile("\\[([0-9a-f]{12})-\\d+] .*\\{ orderId: (\\d+) }$");

	@Test
	void ordersArriveOnceAndInOrder(KafkaBroker kafka) {
		try (var installation = new Installation(kafka)) {
			installation.startConsumer();
			installation.startProducerSidecar();
			var producer = installation.startProducer(20, Duration.ofMillis(50));

			installation.awaitAllOnceInOrder(20);
			assertThat(producer.awaitExit(Installation.LIMIT)).isTrue();
			assertThat(producer.exitCode()).isZero();

			assertThat(installation.producerLines).contains("{\"data\":{\"orderId\":7},\"operation\":\"create\"}",
					"Response for order 7: OK");
			assertThat(installation.producerLines.get(installation.producerLines.size() - 1))
				.matches("Sent 20 orders in [0-9]+\\.[0-9] s");
			assertThat(installation.consumerLines)
				.anyMatch((line) -> line.endsWith("Consumer app listening on port " + installation.consumerPort + "!"))
				.anyMatch((line) -> line.endsWith("Hello from Kafka!"))
				.anyMatch((line) -> line.endsWith("{ orderId: 7 }"));
			try (var records = new TopicReader(kafka, installation.topic)) {
				assertThat(records.values(20)).contains("{\"orderId\":1}", "{\"orderId\":20}");
			}
		}
	}

	/**
	 * The orders of a run, which is a worker, stay in order; runs overtake each other.
	 */
	@Test
	void ordersInFlightArriveOnceAndInTheOrderOfTheirRun(KafkaBroker kafka) {
		try (var installation = Installation.on(kafka)
			.partitions(4)
			.appEnvironment(Map.of("ORDERS_IN_FLIGHT", "4"))
			.build()) {
			installation.start(400, Duration.ofMillis(20));
			installation.awaitArrivals(100);
			installation.producerSidecar.process().kill();
			installation.producerSidecar.process().start();

			installation.awaitArrivals(400);
			assertThat(installation.deliveries.handled())
				.containsExactlyInAnyOrderElementsOf(Installation.numbers(400));
			var runs = installation.consumerLines.stream()
				.map(HANDLED::matcher)
				.filter(Matcher::find)
				.collect(Collectors.groupingBy((line) -> line.group(1),
						Collectors.mapping((line) -> Long.valueOf(line.group(2)), Collectors.toList())));
			assertThat(runs).hasSize(4);
			assertThat(runs.values()).allSatisfy((orders) -> assertThat(orders).isSorted());
		}
	}

	@Test
	void aProducerThatStartsBeforeItsSidecarLosesNothing(KafkaBroker kafka) {
		try (var installation = new Installation(kafka)) {
			installation.startConsumer();
			installation.startProducer(20, Duration.ZERO);
			await("the producer waits").atMost(Installation.LIMIT)
				.until(() -> installation.producerLines.stream().anyMatch((line) -> line.startsWith("Waiting for")));
			installation.startProducerSidecar();

			installation.awaitAllOnceInOrder(20);
		}
	}

	@Test
	void aConsumerThatStartsLateGetsAllOrders(KafkaBroker kafka) {
		try (var installation = new Installation(kafka)) {
			installation.startProducerSidecar();
			var producer = installation.startProducer(20, Duration.ZERO);
			assertThat(producer.awaitExit(Installation.LIMIT)).isTrue();
			installation.startConsumer();

			installation.awaitAllOnceInOrder(20);
		}
	}

	/**
	 * The binding does not tell transactions from other records, nor do their ends stop
	 * it.
	 */
	@Test
	void ordersOfTransactionsArriveAbortedOnesToo(KafkaBroker kafka) {
		try (var installation = new Installation(kafka);
				var writer = new TransactionalWriter(kafka, installation.topic)) {
			installation.startConsumer();
			writer.commit(1);
			writer.abort(2);
			writer.commit(3);
			writer.abort(4);
			installation.awaitOrder(4);
			writer.commit(5);

			installation.awaitOrder(5);
			assertThat(installation.deliveries.handled()).containsExactly(1L, 2L, 3L, 4L, 5L);
		}
	}

}
