package io.dapr.quickstarts.bindings;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;

import io.dapr.quickstarts.bindings.launcher.kafka.KafkaBroker;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

import static org.awaitility.Awaitility.await;

/** A plain Kafka consumer: what the tests' topic of one partition really holds. */
class TopicReader implements AutoCloseable {

	private final KafkaConsumer<byte[], byte[]> consumer;

	TopicReader(KafkaBroker kafka, String topic) {
		this.consumer = new KafkaConsumer<>(Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers()),
				new ByteArrayDeserializer(), new ByteArrayDeserializer());
		var partition = new TopicPartition(topic, 0);
		this.consumer.assign(List.of(partition));
		this.consumer.seekToBeginning(List.of(partition));
	}

	/** Reads on until a number of records has come. */
	List<ConsumerRecord<byte[], byte[]>> records(int count) {
		var records = new ArrayList<ConsumerRecord<byte[], byte[]>>();
		await("%d records are in the topic".formatted(count)).atMost(Installation.LIMIT).until(() -> {
			this.consumer.poll(Duration.ofMillis(100)).forEach(records::add);
			return records.size() >= count;
		});
		return records;
	}

	/** Reads on until a certain record comes. */
	ConsumerRecord<byte[], byte[]> first(Predicate<ConsumerRecord<byte[], byte[]>> wanted) {
		var found = new AtomicReference<ConsumerRecord<byte[], byte[]>>();
		await("the record is in the topic").atMost(Installation.LIMIT).until(() -> {
			this.consumer.poll(Duration.ofMillis(100))
				.forEach((record) -> found
					.updateAndGet((first) -> (first == null && wanted.test(record)) ? record : first));
			return found.get() != null;
		});
		return found.get();
	}

	List<String> values(int count) {
		return records(count).stream().map((record) -> new String(record.value(), StandardCharsets.UTF_8)).toList();
	}

	@Override
	public void close() {
		this.consumer.close();
	}

}
