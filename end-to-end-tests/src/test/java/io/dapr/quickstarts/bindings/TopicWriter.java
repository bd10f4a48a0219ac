package io.dapr.quickstarts.bindings;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.dapr.quickstarts.bindings.launcher.kafka.KafkaBroker;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A plain Kafka producer: some other program that writes to the tests' topic. */
class TopicWriter implements AutoCloseable {

	private final KafkaProducer<byte[], byte[]> producer;

	private final String topic;

	TopicWriter(KafkaBroker kafka, String topic) {
		this.topic = topic;
		this.producer = new KafkaProducer<>(
				Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers(),
						ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 2_097_152),
				new ByteArraySerializer(), new ByteArraySerializer());
	}

	ProducerRecord<byte[], byte[]> record(byte[] key, byte[] value) {
		return new ProducerRecord<>(this.topic, key, value);
	}

	ProducerRecord<byte[], byte[]> order(long orderId) {
		return record(null, "{\"orderId\": %d}".formatted(orderId).getBytes(StandardCharsets.UTF_8));
	}

	/** Writes a record and waits until the broker has it. */
	void write(ProducerRecord<byte[], byte[]> record) {
		try {
			this.producer.send(record).get(30, TimeUnit.SECONDS);
		}
		catch (Exception ex) {
			throw new IllegalStateException("Kafka did not take the record", ex);
		}
	}

	void writeOrder(String key, long orderId) {
		write(record(key.getBytes(StandardCharsets.UTF_8), order(orderId).value()));
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
