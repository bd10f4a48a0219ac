package io.dapr.quickstarts.bindings.launcher.dashboard;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;

import io.dapr.quickstarts.bindings.launcher.kafka.Topics;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Writes the page's own orders, and what is no order, straight to Kafka, past producer
 * and sidecar. Its orders are numbered from 1,000,000,001 on, so that they are never
 * taken for a producer's.
 */
final class OwnOrders implements AutoCloseable {

	private static final List<String> UNREADABLE = List.of("Hello!", "{\"orderId\": \"seven\"}", "[1, 2, 3]",
			"{\"customer\": 7}", "");

	private final OrderFlow flow;

	private final Producer<byte[], byte[]> kafka;

	OwnOrders(String bootstrapServers, OrderFlow flow) {
		this.flow = flow;
		this.kafka = new KafkaProducer<>(
				Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers, ProducerConfig.CLIENT_ID_CONFIG,
						"quickstart-page", ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 200),
				new ByteArraySerializer(), new ByteArraySerializer());
	}

	/**
	 * Writes orders, one burst after the other, so that Kafka gets them in the order of
	 * their numbers; what Kafka can't take now it takes when it is back, within two
	 * minutes.
	 * @param count how many
	 * @return how many Kafka has confirmed, when that is known of all of them
	 */
	synchronized CompletableFuture<Integer> send(int count) {
		var confirmed = CompletableFuture.completedFuture(0);
		for (var i = 0; i < count; i++) {
			var order = this.flow.sendOwn();
			var answer = write("{\"orderId\":" + order + "}").thenApply((written) -> {
				this.flow.acceptOwn(order);
				return 1;
			}).exceptionally((failure) -> 0);
			confirmed = confirmed.thenCombine(answer, Integer::sum);
		}
		return confirmed;
	}

	/**
	 * Writes something that is no order.
	 * @return what was written, when Kafka has it
	 */
	CompletableFuture<String> sendUnreadable() {
		var value = UNREADABLE.get(ThreadLocalRandom.current().nextInt(UNREADABLE.size()));
		return write(value).thenApply((written) -> value);
	}

	private CompletableFuture<Void> write(String value) {
		var answer = new CompletableFuture<Void>();
		var record = new ProducerRecord<byte[], byte[]>(Topics.ORDERS, value.getBytes(StandardCharsets.UTF_8));
		// By this the consumer knows a repeat, as it does with the producer's orders.
		record.headers().add("message-id", UUID.randomUUID().toString().getBytes(StandardCharsets.UTF_8));
		this.kafka.send(record, (metadata, failure) -> {
			if (failure == null) {
				answer.complete(null);
			}
			else {
				answer.completeExceptionally(failure);
			}
		});
		return answer;
	}

	@Override
	public void close() {
		this.kafka.close(Duration.ZERO);
	}

}
