package io.dapr.quickstarts.bindings;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.dapr.quickstarts.bindings.launcher.kafka.KafkaBroker;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.record.CompressionType;
import org.apache.kafka.common.serialization.ByteArraySerializer;

import static org.assertj.core.api.Assertions.assertThat;

/** A plain Kafka producer: some other program that writes to the tests' topic. */
class TopicWriter implements AutoCloseable {

	/** For a record as it is before its compression. */
	private static final int LARGEST = 32 * 1024 * 1024;

	private final KafkaProducer<byte[], byte[]> producer;

	private final String topic;

	private final String runId = UUID.randomUUID().toString();

	TopicWriter(KafkaBroker kafka, String topic) {
		this(kafka, topic, CompressionType.NONE);
	}

	TopicWriter(KafkaBroker kafka, String topic, CompressionType compression) {
		this.topic = topic;
		this.producer = new KafkaProducer<>(
				Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers(),
						ProducerConfig.COMPRESSION_TYPE_CONFIG, compression.name,
						ProducerConfig.MAX_REQUEST_SIZE_CONFIG, LARGEST),
				new ByteArraySerializer(), new ByteArraySerializer());
	}

	ProducerRecord<byte[], byte[]> record(byte[] key, byte[] value) {
		return new ProducerRecord<>(this.topic, key, value);
	}

	/** An order with a message id, by which the consumer recognises a redelivery. */
	ProducerRecord<byte[], byte[]> order(long orderId) {
		return order(null, orderId);
	}

	private ProducerRecord<byte[], byte[]> order(byte[] key, long orderId) {
		var order = record(key, "{\"orderId\": %d}".formatted(orderId).getBytes(StandardCharsets.UTF_8));
		order.headers().add("message-id", (this.runId + "-" + orderId).getBytes(StandardCharsets.UTF_8));
		return order;
	}

	/** Writes a record and waits until the broker has it. */
	void write(ProducerRecord<byte[], byte[]> record) {
		assertThat(offer(record)).as("offset, as the broker has taken the record").isPresent();
	}

	/**
	 * Writes a record and waits for the broker's answer.
	 * @return the record's offset, empty if it is larger than the broker takes
	 */
	OptionalLong offer(ProducerRecord<byte[], byte[]> record) {
		try {
			return OptionalLong.of(this.producer.send(record).get(30, TimeUnit.SECONDS).offset());
		}
		catch (ExecutionException | InterruptedException | TimeoutException ex) {
			if (ex.getCause() instanceof RecordTooLargeException) {
				return OptionalLong.empty();
			}
			throw new IllegalStateException("Kafka did not take the record", ex);
		}
	}

	void writeOrder(String key, long orderId) {
		write(order(key.getBytes(StandardCharsets.UTF_8), orderId));
	}

	/** Writes an order with a message id, empty for none. */
	void writeOrderWithId(String id, long orderId) {
		var order = order(orderId);
		if (!id.isEmpty()) {
			order.headers().add("message-id", id.getBytes(StandardCharsets.UTF_8));
		}
		write(order);
	}

	@Override
	public void close() {
		this.producer.close();
	}

}
