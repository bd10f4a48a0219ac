package io.dapr.quickstarts.bindings;

import java.util.List;

import io.dapr.quickstarts.bindings.launcher.kafka.KafkaBroker;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What was handled is known by the form of its message id, also after a restart. */
@OnKafka
class InboxIT {

	private static final String RUN = "3f2a9c1b7d40";

	@Test
	void whatWasHandledIsKnownAfterARestart(KafkaBroker kafka) {
		try (var installation = new Installation(kafka); var writer = new TopicWriter(kafka, installation.topic)) {
			installation.startConsumer();
			write(writer, 1);
			installation.awaitAllOnceInOrder(3);
			restartAndReadAllAgain(installation);
			// Once more by the producer: another place in Kafka, the same ids.
			writer.writeOrderWithId(RUN + "-1", 1);
			writer.writeOrderWithId("any id", 2);
			awaitRepeats(installation, 5);

			installation.awaitAllOnceInOrder(3);
			assertThat(installation.account(RUN)).isEqualTo(new Account(1, 1, 0));
			assertThat(installation.account(installation.topic + "-0")).isEqualTo(new Account(2, 3, 0));
		}
	}

	@Test
	void aTopicThatWasCreatedAgainHasNewRecords(KafkaBroker kafka) {
		try (var installation = new Installation(kafka); var writer = new TopicWriter(kafka, installation.topic)) {
			installation.startConsumer();
			write(writer, 1);
			installation.awaitAllOnceInOrder(3);
			installation.stopConsumerAndSidecar();
			installation.createTopicAgain();
			write(writer, 4);
			installation.startConsumer();

			installation.awaitAllOnceInOrder(6);
		}
	}

	@Test
	void withoutStateStoreItIsForgotten(KafkaBroker kafka) {
		try (var installation = new Installation(kafka); var writer = new TopicWriter(kafka, installation.topic)) {
			installation.removeStateStore();
			installation.startConsumer();
			write(writer, 1);
			installation.awaitAllOnceInOrder(3);
			restartAndReadAllAgain(installation);

			await("all were handled again").atMost(Installation.LIMIT)
				.untilAsserted(
						() -> assertThat(installation.deliveries.handled()).isEqualTo(List.of(1L, 2L, 3L, 1L, 2L, 3L)));
			assertThat(installation.consumerLines)
				.anyMatch((line) -> line.contains("remembered in memory, until this app ends"));
		}
	}

	/** Three orders: with the id of a run, with any id, and without one. */
	private static void write(TopicWriter writer, long first) {
		writer.writeOrderWithId(RUN + "-" + first, first);
		writer.writeOrderWithId("any id" + ((first > 1) ? first : ""), first + 1);
		writer.writeOrderWithId("", first + 2);
	}

	/** As if nothing had been committed. */
	private static void restartAndReadAllAgain(Installation installation) {
		installation.stopConsumerAndSidecar();
		installation.resetGroup();
		installation.startConsumer();
	}

	/** On a slow machine the sidecar may repeat more. */
	private static void awaitRepeats(Installation installation, int count) {
		await("%d repeats were skipped".formatted(count)).atMost(Installation.LIMIT)
			.until(() -> installation.consumerLines.stream()
				.filter((line) -> line.endsWith(" was delivered again; skipped"))
				.count() >= count);
	}

}
