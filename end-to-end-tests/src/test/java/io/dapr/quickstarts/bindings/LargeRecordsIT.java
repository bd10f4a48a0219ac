package io.dapr.quickstarts.bindings;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;
import java.util.stream.Collectors;

import io.dapr.quickstarts.bindings.launcher.kafka.KafkaBroker;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.record.CompressionType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Records that are small on their way to Kafka, since they are compressed, and large once
 * they are unpacked. The broker refuses them, or they are dealt with; none stops its
 * partition.
 */
@OnKafka
@ParameterizedClass(name = "{0}")
@EnumSource
class LargeRecordsIT {

	/** How the topics of orders and dead letters were created. */
	enum TopicSettings {

		OURS, KAFKAS_DEFAULTS

	}

	private static Installation installation;

	private static TopicReader deadLetters;

	private static long lastOrder;

	@Parameter
	private TopicSettings settings;

	@BeforeParameterizedClassInvocation
	static void start(TopicSettings settings, KafkaBroker kafka) {
		var topic = "sample-" + UUID.randomUUID();
		if (settings == TopicSettings.KAFKAS_DEFAULTS) {
			try (var admin = new KafkaAdmin(kafka)) {
				admin.create(topic);
				admin.create(topic + "-dead-letter");
			}
		}
		installation = Installation.on(kafka).topic(topic).build();
		installation.startConsumer();
		deadLetters = new TopicReader(kafka, installation.deadLetterTopic);
		lastOrder = 0;
	}

	@AfterParameterizedClassInvocation
	static void stop() {
		if (installation != null) {
			installation.close();
			deadLetters.close();
		}
	}

	@ParameterizedTest
	@CsvSource({ "1500000, GZIP", "3000000, GZIP", "5000000, GZIP", "9000000, GZIP", "9000000, SNAPPY", "9000000, LZ4",
			"9000000, ZSTD" })
	void malformed(int size, CompressionType compression) throws Exception {
		var data = "x".repeat(size).getBytes(StandardCharsets.UTF_8);
		try (var writer = new TopicWriter(installation.kafka, installation.topic, compression)) {
			var offset = writer.offer(writer.record(null, data));
			assertNextOrderArrives(writer);

			assertThat(offset.isPresent()).isEqualTo(this.settings == TopicSettings.KAFKAS_DEFAULTS);
			if (offset.isPresent()) {
				var kept = deadLetters
					.first((record) -> header(record, "offset").equals(Long.toString(offset.getAsLong())));
				assertThat(kept.value()).hasSizeGreaterThan(1000).isEqualTo(Arrays.copyOf(data, kept.value().length));
				assertThat(header(kept, "shortened")).isEqualTo("true");
				assertThat(header(kept, "size")).isEqualTo(Integer.toString(size));
				assertThat(header(kept, "sha256")).isEqualTo(DigestUtils.sha256Hex(data));
				assertThat(header(kept, "topic")).isEqualTo(installation.topic);
			}
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 3_000_000, 9_000_000 })
	void orders(int size) {
		assertDeliveredIfTaken(CompressionType.GZIP, false, (writer, orderId) -> writer.record(null,
				"{\"orderId\": %d, \"note\": \"%s\"}".formatted(orderId, "x".repeat(size)).getBytes()));
	}

	@ParameterizedTest
	@CsvSource({ "900000, GZIP", "2000000, GZIP", "5000000, GZIP", "5000000, SNAPPY", "5000000, LZ4", "5000000, ZSTD" })
	void keys(int size, CompressionType compression) {
		assertDeliveredIfTaken(compression, size < 1_000_000,
				(writer, orderId) -> writer.record(new byte[size], writer.order(orderId).value()));
	}

	@ParameterizedTest
	@ValueSource(strings = { "message-id", "traceparent", "another" })
	void headers(String name) {
		assertDeliveredIfTaken(CompressionType.GZIP, false, (writer, orderId) -> {
			var record = writer.order(orderId);
			record.headers().add(name, new byte[3_000_000]);
			return record;
		});
	}

	@Test
	void manyHeaders() {
		assertDeliveredIfTaken(CompressionType.GZIP, true, (writer, orderId) -> {
			var record = writer.order(orderId);
			for (var number = 0; number < 10_000; number++) {
				record.headers().add(similarName(number), new byte[] { 'x' });
			}
			return record;
		});
	}

	/** Made of the letters of the header names that pass. */
	private static String similarName(int number) {
		var digits = "%04d".formatted(number)
			.chars()
			.mapToObj((digit) -> "acdegimnpr".substring(digit - '0').charAt(0));
		return "traces" + digits.map(String::valueOf).collect(Collectors.joining());
	}

	private void assertDeliveredIfTaken(CompressionType compression, boolean isSmall, RecordOfOrder order) {
		try (var writer = new TopicWriter(installation.kafka, installation.topic, compression)) {
			var orderId = ++lastOrder;
			var offset = writer.offer(order.create(writer, orderId));
			assertNextOrderArrives(writer);

			assertThat(offset.isPresent()).as("the broker takes the record")
				.isEqualTo(isSmall || this.settings == TopicSettings.KAFKAS_DEFAULTS);
			assertThat(installation.hasArrived(orderId)).as("the order arrives").isEqualTo(offset.isPresent());
		}
	}

	private static void assertNextOrderArrives(TopicWriter writer) {
		var next = ++lastOrder;
		writer.write(writer.order(next));
		installation.awaitOrder(next);
	}

	private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
		return new String(record.headers().lastHeader("dead-letter-" + name).value(), StandardCharsets.UTF_8);
	}

	@FunctionalInterface
	private interface RecordOfOrder {

		ProducerRecord<byte[], byte[]> create(TopicWriter writer, long orderId);

	}

}
