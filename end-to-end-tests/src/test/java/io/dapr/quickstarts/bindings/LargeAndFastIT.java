package io.dapr.quickstarts.bindings;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

import io.dapr.quickstarts.bindings.launcher.kafka.KafkaBroker;
import org.apache.kafka.common.config.TopicConfig;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Many orders at once, large ones, and some that can't be sent at all. */
@OnKafka
class LargeAndFastIT {

	@Test
	void aBurstOf10000Orders(KafkaBroker kafka) {
		try (var installation = new Installation(kafka)) {
			installation.start(10_000, Duration.ZERO);

			installation.awaitAllOnceInOrder(10_000);
		}
	}

	@Test
	void anOrderOf900KiB(KafkaBroker kafka) {
		try (var installation = new Installation(kafka); var writer = new TopicWriter(kafka, installation.topic)) {
			installation.startConsumer();
			writer.write(writer.record(null, "{\"note\": \"%s\", \"orderId\": 1}".formatted("x".repeat(900 * 1024))
				.getBytes(StandardCharsets.UTF_8)));
			writer.write(writer.order(2));

			installation.awaitAllOnceInOrder(2);
		}
	}

	@Test
	void withoutItsBindingTheProducerEnds(KafkaBroker kafka) {
		try (var installation = new Installation(kafka)) {
			installation.renameBinding("another-topic");
			installation.startProducerSidecar();

			assertEnds(installation, "Does the sidecar load components/kafka_bindings.yaml?");
		}
	}

	@Test
	void anOrderLargerThanKafkaTakesEndsTheProducer(KafkaBroker kafka) {
		try (var installation = new Installation(kafka)) {
			installation.configure(installation.topic, TopicConfig.MAX_MESSAGE_BYTES_CONFIG, "20");
			installation.startProducerSidecar();

			assertEnds(installation, "Check the topic's max.message.bytes.");
		}
	}

	private static void assertEnds(Installation installation, String advice) {
		var producer = installation.startProducer(10, Duration.ZERO);
		assertThat(producer.awaitExit(Installation.LIMIT)).isTrue();
		assertThat(producer.exitCode()).isEqualTo(1);
		assertThat(installation.producerLines).last().asString().endsWith(advice);
	}

}
