package io.dapr.quickstarts.bindings.launcher.dashboard;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;

import io.dapr.quickstarts.bindings.launcher.kafka.KafkaBroker;
import io.dapr.quickstarts.bindings.launcher.orders.MessageId;
import io.dapr.quickstarts.bindings.launcher.orders.OrderTracker;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Writes bursts of orders and malformed records straight to Kafka, past producer and
 * sidecar. Each burst is a run of its own.
 */
final class LoadGenerator implements AutoCloseable {

	private static final List<String> MALFORMED = List.of("Hello!", "{\"orderId\": \"seven\"}", "[1, 2, 3]",
			"{\"customer\": 7}", "");

	private final OrderTracker orders;

	private final String topic;

	private final Producer<byte[], byte[]> kafka;

	LoadGenerator(KafkaBroker kafka, String topic, OrderTracker orders) {
		this.topic = topic;
		this.orders = orders;
		var settings = new HashMap<>(kafka.clientSettings());
		settings.put(ProducerConfig.CLIENT_ID_CONFIG, "quickstart-load-generator");
		settings.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 200);
		this.kafka = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
	}

	/**
	 * Writes orders. What Kafka can't take now it takes when it is back, within two
	 * minutes.
	 * @param count how many
	 * @return how many Kafka has confirmed, when that is known of all of them
	 */
	CompletableFuture<Integer> sendBurst(int count) {
		var run = MessageId.newRun();
		var confirmed = CompletableFuture.completedFuture(0);
		for (var order = 1; order <= count; order++) {
			var id = new MessageId(run, order);
			this.orders.send(id);
			var answer = write(id.toString(), "{\"orderId\":" + order + "}").thenApply((written) -> {
				this.orders.accept(id);
				return 1;
			}).exceptionally((failure) -> 0);
			confirmed = confirmed.thenCombine(answer, Integer::sum);
		}
		return confirmed;
	}

	/**
	 * Writes a malformed record.
	 * @return its value, when Kafka has it
	 */
	CompletableFuture<String> sendMalformed() {
		var value = MALFORMED.get(ThreadLocalRandom.current().nextInt(MALFORMED.size()));
		return write(UUID.randomUUID().toString(), value).thenApply((written) -> value);
	}

	private CompletableFuture<Void> write(String messageId, String value) {
		var answer = new CompletableFuture<Void>();
		var record = new ProducerRecord<byte[], byte[]>(this.topic, value.getBytes(StandardCharsets.UTF_8));
		record.headers().add("message-id", messageId.getBytes(StandardCharsets.UTF_8));
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
