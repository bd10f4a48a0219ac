package io.dapr.quickstarts.bindings.benchmark;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

import io.dapr.quickstarts.bindings.launcher.kafka.KafkaBroker;
import io.dapr.quickstarts.bindings.launcher.kafka.Topics;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A topic of its own for one measurement, filled by a plain Kafka producer. */
final class FilledTopic implements AutoCloseable {

	/** By this header the consumer recognises a redelivered order. */
	static final String MESSAGE_ID = "message-id";

	private static final Duration LIMIT = Duration.ofSeconds(60);

	private final String name;

	private final int partitions;

	private final KafkaProducer<byte[], byte[]> producer;

	private long orders;

	/**
	 * Creates a topic.
	 * @param kafka the broker, which must run
	 * @param name the topic's name, new to the broker
	 * @param partitions how many partitions it gets
	 */
	FilledTopic(KafkaBroker kafka, String name, int partitions) {
		this.name = name;
		this.partitions = partitions;
		try (var topics = new Topics(kafka)) {
			topics.createForOrders(name, partitions);
		}
		this.producer = new KafkaProducer<>(Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers(),
				ProducerConfig.LINGER_MS_CONFIG, 5, ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) LIMIT.toMillis()),
				new ByteArraySerializer(), new ByteArraySerializer());
	}

	/**
	 * Adds orders, spread evenly over the partitions, each with a message id as the
	 * producer's orders have it.
	 * @param count how many
	 * @param bytes the least size of one
	 */
	void fill(int count, int bytes) {
		for (var added = 0; added < count; added++) {
			var partition = (int) (this.orders % this.partitions);
			this.orders++;
			var id = messageId(partition, this.orders).getBytes(StandardCharsets.US_ASCII);
			this.producer.send(new ProducerRecord<byte[], byte[]>(this.name, partition, null, order(this.orders, bytes),
					List.of(new RecordHeader(MESSAGE_ID, id))));
		}
		this.producer.flush();
	}

	/**
	 * The id of an order's message, as the producer gives it: with one of another form
	 * the consumer keeps an entry for each order.
	 * @param partition where the order goes; each has a run of its own, as the orders of
	 * a run of the producer all go to one
	 * @param orderId the order's number
	 */
	static String messageId(int partition, long orderId) {
		return HexFormat.of().toHexDigits(partition, 12) + "-" + orderId;
	}

	/**
	 * Writes an order of a certain size.
	 * @param orderId its number
	 * @param bytes its least size, padded by a field that the consumer ignores
	 * @return the order as JSON
	 */
	static byte[] order(long orderId, int bytes) {
		var plain = "{\"orderId\": " + orderId + "}";
		var missing = bytes - plain.length() - ", \"note\": \"\"".length();
		var text = (missing < 0) ? plain : "{\"orderId\": " + orderId + ", \"note\": \"" + "x".repeat(missing) + "\"}";
		return text.getBytes(StandardCharsets.US_ASCII);
	}

	String name() {
		return this.name;
	}

	@Override
	public void close() {
		this.producer.close(Duration.ofSeconds(5));
	}

}
