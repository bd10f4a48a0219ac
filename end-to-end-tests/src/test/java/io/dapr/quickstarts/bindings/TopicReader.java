package io.dapr.quickstarts.bindings;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;

import io.dapr.quickstarts.bindings.launcher.kafka.KafkaBroker;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

import static org.awaitility.Awaitility.await;

/** A plain Kafka consumer: what a topic of the tests really holds. */
class TopicReader implements AutoCloseable {

	private static final Pattern ORDER = Pattern.compile("\\{\"orderId\": ?(\\d+)}");

	private final KafkaConsumer<byte[], byte[]> consumer;

	TopicReader(KafkaBroker kafka, String topic) {
		this.consumer = new KafkaConsumer<>(Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers()),
				new ByteArrayDeserializer(), new ByteArrayDeserializer());
		var partitions = this.consumer.partitionsFor(topic)
			.stream()
			.map((partition) -> new TopicPartition(topic, partition.partition()))
			.toList();
		this.consumer.assign(partitions);
		this.consumer.seekToBeginning(partitions);
	}

	/**
	 * Reads on until a number of records has come. A dead letter is written at least
	 * once: a second one of the same origin does not count.
	 */
	List<ConsumerRecord<byte[], byte[]>> records(int count) {
		var records = new LinkedHashMap<String, ConsumerRecord<byte[], byte[]>>();
		await("%d records are in the topic".formatted(count)).atMost(Installation.LIMIT).until(() -> {
			this.consumer.poll(Duration.ofMillis(100)).forEach((record) -> records.putIfAbsent(origin(record), record));
			return records.size() >= count;
		});
		return List.copyOf(records.values());
	}

	private static String origin(ConsumerRecord<byte[], byte[]> record) {
		var offset = record.headers().lastHeader("dead-letter-offset");
		return (offset != null) ? new String(offset.value(), StandardCharsets.UTF_8)
				: record.partition() + "/" + record.offset();
	}

	/** Reads on until a certain record comes. */
	ConsumerRecord<byte[], byte[]> first(Predicate<ConsumerRecord<byte[], byte[]>> wanted) {
		var records = new ArrayList<ConsumerRecord<byte[], byte[]>>();
		await("the record is in the topic").atMost(Installation.LIMIT).until(() -> {
			this.consumer.poll(Duration.ofMillis(100)).forEach(records::add);
			return records.stream().anyMatch(wanted);
		});
		return records.stream().filter(wanted).findFirst().orElseThrow();
	}

	List<String> values(int count) {
		return records(count).stream().map((record) -> new String(record.value(), StandardCharsets.UTF_8)).toList();
	}

	/** The orders that each partition holds, without those that were written again. */
	Map<Integer, List<Long>> ordersByPartition() {
		var orders = new TreeMap<Integer, List<Long>>();
		var ends = this.consumer.endOffsets(this.consumer.assignment());
		await("the topic's end is reached").atMost(Installation.LIMIT).until(() -> {
			this.consumer.poll(Duration.ofMillis(100)).forEach((record) -> {
				var order = ORDER.matcher(new String(record.value(), StandardCharsets.UTF_8));
				if (order.matches()) {
					orders.computeIfAbsent(record.partition(), (partition) -> new ArrayList<>())
						.add(Long.valueOf(order.group(1)));
				}
			});
			return ends.entrySet().stream().allMatch((end) -> this.consumer.position(end.getKey()) >= end.getValue());
		});
		orders.replaceAll((partition, all) -> all.stream().distinct().toList());
		return orders;
	}

	@Override
	public void close() {
		this.consumer.close();
	}

}
