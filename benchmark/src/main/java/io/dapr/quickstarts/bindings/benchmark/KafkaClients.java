package io.dapr.quickstarts.bindings.benchmark;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.dapr.quickstarts.bindings.launcher.process.Background;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The limit of the latency: a plain Kafka producer and a plain Kafka consumer, without
 * sidecars and apps.
 */
final class KafkaClients {

	private static final Duration LIMIT = Duration.ofSeconds(60);

	private final String bootstrapServers;

	private final String topic;

	/**
	 * Prepares both clients.
	 * @param bootstrapServers where the broker listens
	 * @param topic a topic with one partition and no records
	 */
	KafkaClients(String bootstrapServers, String topic) {
		this.bootstrapServers = bootstrapServers;
		this.topic = topic;
	}

	/**
	 * Sends records one after the other and polls them.
	 * @param records how many
	 * @param interval the time from one to the next
	 * @return when each was sent and polled
	 */
	OrderTimes run(int records, Duration interval) {
		var times = new OrderTimes(records);
		// Without linger, which waits 5 ms for further records.
		Map<String, Object> settings = Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, this.bootstrapServers,
				ProducerConfig.LINGER_MS_CONFIG, 0);
		try (var producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
			var polled = Background.run(() -> poll(records, times));
			for (var record = 1; record <= records && !polled.isDone(); record++) {
				times.sent(record, System.nanoTime());
				var value = ByteBuffer.allocate(Integer.BYTES).putInt(record).array();
				producer.send(new ProducerRecord<>(this.topic, value)).get(LIMIT.toSeconds(), TimeUnit.SECONDS);
				Thread.sleep(interval.toMillis());
			}
			polled.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
			return times;
		}
		catch (ExecutionException | TimeoutException ex) {
			throw new IllegalStateException("The plain Kafka clients failed: " + ex.getMessage(), ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted", ex);
		}
	}

	private void poll(int records, OrderTimes times) {
		Map<String, Object> settings = Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, this.bootstrapServers,
				ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
		try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
			var partition = List.of(new TopicPartition(this.topic, 0));
			consumer.assign(partition);
			consumer.seekToBeginning(partition);
			for (var begin = System.nanoTime(); !times.isHandled(records);) {
				for (var record : consumer.poll(Duration.ofMillis(100))) {
					times.handled(ByteBuffer.wrap(record.value()).getInt(), System.nanoTime());
					begin = System.nanoTime();
				}
				if (System.nanoTime() - begin > LIMIT.toNanos()) {
					throw new IllegalStateException("no record within " + LIMIT.toSeconds() + " s");
				}
			}
		}
	}

}
