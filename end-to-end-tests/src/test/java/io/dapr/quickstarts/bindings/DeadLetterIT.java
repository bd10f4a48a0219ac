package io.dapr.quickstarts.bindings;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.stream.IntStream;

import io.dapr.quickstarts.bindings.launcher.kafka.KafkaBroker;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What can never be read as an order is kept, and the orders around it arrive. */
@OnKafka
class DeadLetterIT {

	@Test
	void unreadableRecordsAreKeptAsTheyAre(KafkaBroker kafka) {
		var unreadable = new LinkedHashMap<byte[], String>();
		unreadable.put(bytes("no JSON"), "not JSON");
		unreadable.put(bytes("[1]"), "not a JSON object");
		unreadable.put(bytes("{}"), "no orderId");
		unreadable.put(bytes("{\"orderId\": 1.5}"), "orderId is not a whole number from 1 to 9223372036854775807");
		unreadable.put(bytes("{\"orderId\": \"7\"}"), "orderId is not a whole number from 1 to 9223372036854775807");
		unreadable.put(bytes("{\"orderId\": 0}"), "orderId is not a whole number from 1 to 9223372036854775807");
		unreadable.put(bytes("{\"orderId\": 9223372036854775808}"),
				"orderId is not a whole number from 1 to 9223372036854775807");
		unreadable.put(bytes("{\"orderId\": 1} and more"), "not JSON");
		unreadable.put(new byte[] { '{', (byte) 0xff, '}' }, "not UTF-8 text");
		unreadable.put(bytes("x".repeat(900 * 1024)), "not JSON");
		unreadable.put(bytes("\u0000\r\n\t"), "not JSON");

		try (var installation = new Installation(kafka);
				var writer = new TopicWriter(kafka, installation.topic);
				var deadLetters = new TopicReader(kafka, installation.deadLetterTopic)) {
			installation.startConsumer();
			writer.write(writer.order(1));
			var orderId = 1;
			for (var value : unreadable.keySet()) {
				writer.write(writer.record(null, value));
				writer.write(writer.order(++orderId));
			}

			installation.awaitAllOnceInOrder(orderId);
			var kept = deadLetters.records(unreadable.size());
			for (var value : unreadable.keySet()) {
				assertThat(kept).as("kept " + unreadable.get(value))
					.anyMatch((record) -> Arrays.equals(record.value(), value));
			}
			assertThat(kept).extracting((record) -> header(record, "dead-letter-reason"))
				.containsExactlyElementsOf(unreadable.values());
			assertThat(kept).allSatisfy((record) -> {
				assertThat(header(record, "dead-letter-topic")).isEqualTo(installation.topic);
				assertThat(header(record, "dead-letter-partition")).isEqualTo("0");
			});
			// Each stands between two orders.
			assertThat(kept).extracting((record) -> header(record, "dead-letter-offset"))
				.isEqualTo(IntStream.range(0, unreadable.size()).mapToObj((i) -> Integer.toString(2 * i + 1)).toList());
			assertThat(installation.consumerLines).anyMatch((line) -> line.endsWith("Rejected the record at offset 1 of"
					+ " partition 0 of " + installation.topic + ": not JSON; kept in sample-dead-letter"));
		}
	}

	/**
	 * Dapr's binding writes every empty value as a record without a value; the reason
	 * tells them apart.
	 */
	@Test
	void recordsThatHoldNothingAreKeptWithoutValue(KafkaBroker kafka) {
		try (var installation = new Installation(kafka);
				var writer = new TopicWriter(kafka, installation.topic);
				var deadLetters = new TopicReader(kafka, installation.deadLetterTopic)) {
			installation.startConsumer();
			writer.write(writer.record(bytes("key"), null));
			writer.write(writer.record(null, bytes("null")));
			writer.write(writer.record(null, new byte[0]));
			writer.write(writer.order(1));

			installation.awaitAllOnceInOrder(1);
			var kept = deadLetters.records(3);
			assertThat(kept).extracting(ConsumerRecord::value).containsOnlyNulls();
			assertThat(kept).extracting((record) -> header(record, "dead-letter-reason"))
				.containsExactly("null, or a record without a value", "null, or a record without a value", "empty");
		}
	}

	@Test
	void whatCannotBeKeptIsRedelivered(KafkaBroker kafka) {
		try (var installation = new Installation(kafka);
				var writer = new TopicWriter(kafka, installation.topic);
				var deadLetters = new TopicReader(kafka, installation.deadLetterTopic)) {
			installation.refuseDeadLetters(true);
			installation.startConsumer();
			writer.write(writer.record(null, bytes("no JSON")));
			writer.write(writer.order(1));
			await("the dead letter fails, again and again").atMost(Installation.LIMIT)
				.until(() -> installation.failedDeliveries() >= 3);
			assertThat(installation.deliveries.handled()).isEmpty();
			installation.refuseDeadLetters(false);

			installation.awaitAllOnceInOrder(1);
			assertThat(deadLetters.values(1)).containsExactly("no JSON");
		}
	}

	@Test
	void unknownFieldsAreAccepted(KafkaBroker kafka) {
		try (var installation = new Installation(kafka); var writer = new TopicWriter(kafka, installation.topic)) {
			installation.startConsumer();
			writer.write(writer.record(null, bytes("""
					{"customer": {"name": "Zoë"}, "orderId": 1, "items": [1, 2.5, null]}""")));

			installation.awaitAllOnceInOrder(1);
		}
	}

	private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
		return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
