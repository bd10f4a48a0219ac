package io.dapr.quickstarts.bindings;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

import io.dapr.quickstarts.bindings.launcher.kafka.KafkaBroker;
import org.junit.jupiter.api.Test;

/** Many orders at once, and large ones. */
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

}
