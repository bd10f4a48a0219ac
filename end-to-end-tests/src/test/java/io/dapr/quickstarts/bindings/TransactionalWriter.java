package io.dapr.quickstarts.bindings;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;

import io.dapr.quickstarts.bindings.launcher.kafka.KafkaBroker;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A plain Kafka producer that writes each order in a transaction. */
class TransactionalWriter implements AutoCloseable {

	private final KafkaProducer<byte[], byte[]> producer;

	private final String topic;

	TransactionalWriter(KafkaBroker kafka, String topic) {
		this.topic = topic;
		this.producer = new KafkaProducer<>(
				Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers(),
						ProducerConfig.TRANSACTIONAL_ID_CONFIG, UUID.randomUUID().toString()),
				new ByteArraySerializer(), new ByteArraySerializer());
		this.producer.initTransactions();
	}

	void commit(long orderId) {
		write(orderId);
		this.producer.commitTransaction();
	}

	/** The topic keeps the order, and a mark that it does not count. */
	void abort(long orderId) {
		write(orderId);
		this.producer.abortTransaction();
	}

	private void write(long orderId) {
		this.producer.beginTransaction();
		this.producer.send(new ProducerRecord<>(this.topic,
				"{\"orderId\": %d}".formatted(orderId).getBytes(StandardCharsets.UTF_8)));
		this.producer.flush();
	}

	@Override
	public void close() {
		this.producer.close();
	}

}
