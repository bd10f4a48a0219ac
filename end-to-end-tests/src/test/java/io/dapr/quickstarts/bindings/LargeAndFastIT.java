package io.dapr.quickstarts.bindings;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

import org.junit.jupiter.api.Test;

/** Many orders at once, and large ones. */
@OnKafka
class LargeAndFastIT {

	@Test
	void aBurstOf10000Orders(Installation installation) {
		installation.startProducer(10_000, Duration.ZERO);

		installation.awaitAllOnceInOrder(10_000);
	}

	@Test
	void anOrderOf900KiB(Installation installation) {
		try (var writer = new TopicWriter(installation.kafka, installation.topic)) {
			writer.write(writer.record(null, "{\"note\": \"%s\", \"orderId\": 1}".formatted("x".repeat(900 * 1024))
				.getBytes(StandardCharsets.UTF_8)));
			writer.write(writer.order(2));

			installation.awaitAllOnceInOrder(2);
		}
	}

}
