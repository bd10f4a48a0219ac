package io.dapr.quickstarts.bindings.benchmark;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The limit for the time through the broker: a plain Kafka producer and a plain Kafka
 * consumer, without sidecars and apps.
 */
final class DirectClients {

	private static final Duration PAUSE = Duration.ofMillis(10);

	private static final Duration LIMIT = Duration.ofSeconds(60);

	private final String bootstrapServers;

	private final String topic;

	DirectClients(String bootstrapServers, String topic) {
		this.bootstrapServers = bootstrapServers;
		this.topic = topic;
	}

	/**
	 * Sends a record each 10 ms and takes the time until it is polled.
	 * @param records how many count
	 * @param before how many are sent before these
	 * @return their times in nanoseconds
	 */
	Histogram measure(long records, long before) {
		try (var producer = new KafkaProducer<>(
				// At once, where the default waits 5 ms for further records.
				Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, this.bootstrapServers, ProducerConfig.LINGER_MS_CONFIG,
						0),
				new ByteArraySerializer(), new ByteArraySerializer())) {
			var times = CompletableFuture.supplyAsync(() -> poll(records, before));
			for (var record = 0; record < records + before && !times.isDone(); record++) {
				var now = ByteBuffer.allocate(Long.BYTES).putLong(System.nanoTime()).array();
				producer.send(new ProducerRecord<>(this.topic, now)).get(LIMIT.toSeconds(), TimeUnit.SECONDS);
				Thread.sleep(PAUSE.toMillis());
			}
			return times.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
		}
		catch (ExecutionException | TimeoutException ex) {
			throw new IllegalStateException("Kafka's own clients failed: " + ex.getMessage(), ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted", ex);
		}
	}

	private Histogram poll(long records, long before) {
		var nanos = new Histogram(3);
		try (var consumer = new KafkaConsumer<>(
				Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, this.bootstrapServers,
						ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false),
				new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
			var partition = List.of(new TopicPartition(this.topic, 0));
			consumer.assign(partition);
			consumer.seekToBeginning(partition);
			var deadline = System.nanoTime() + LIMIT.plus(PAUSE.multipliedBy(2 * (records + before))).toNanos();
			for (var seen = 0L; seen < records + before;) {
				if (System.nanoTime() > deadline) {
					throw new IllegalStateException("Only %d of %d records came".formatted(seen, records + before));
				}
				for (var record : consumer.poll(Duration.ofMillis(100))) {
					var time = System.nanoTime() - ByteBuffer.wrap(record.value()).getLong();
					if (++seen > before) {
						nanos.recordValue(time);
					}
				}
			}
		}
		return nanos;
	}

}
