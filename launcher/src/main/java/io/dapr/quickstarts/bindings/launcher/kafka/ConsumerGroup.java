package io.dapr.quickstarts.bindings.launcher.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A consumer group: its members, and how far it has read. */
public final class ConsumerGroup implements AutoCloseable {

	private final KafkaBroker kafka;

	private final String group;

	private final Duration limit;

	private final AdminConnection connection;

	/**
	 * Connects to a broker.
	 * @param kafka the broker, which must run
	 * @param group the group's id
	 * @param limit how long the broker may take for an answer
	 */
	public ConsumerGroup(KafkaBroker kafka, String group, Duration limit) {
		this.kafka = kafka;
		this.group = group;
		this.limit = limit;
		this.connection = new AdminConnection(kafka, limit);
	}

	/**
	 * Tells how far a topic reaches and how far the group has read it.
	 * @param topic the topic's name
	 * @return both, for each partition
	 * @throws IllegalStateException if the broker does not answer within the limit
	 */
	public Map<TopicPartition, Offsets> offsets(String topic) {
		// The end first: what comes meanwhile may be committed, but does not count yet.
		var ends = offsets(topic, OffsetSpec.latest());
		var committed = this.connection
			.get(this.connection.admin().listConsumerGroupOffsets(this.group).partitionsToOffsetAndMetadata());
		var starts = offsets(topic, OffsetSpec.earliest());
		return ends.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, (end) -> {
			var next = Optional.ofNullable(committed.get(end.getKey())).map(OffsetAndMetadata::offset);
			// Records that the group has not read may have been deleted.
			return new Offsets(end.getValue(), Math.max(next.orElse(0L), starts.get(end.getKey())));
		}));
	}

	/**
	 * Counts the members of the group.
	 * @return how many there are, 0 if there is no such group
	 */
	public int members() {
		try {
			return this.connection.get(this.connection.admin().describeConsumerGroups(List.of(this.group)).all())
				.get(this.group)
				.members()
				.size();
		}
		catch (IllegalStateException ex) {
			if (ex.getCause() instanceof GroupIdNotFoundException) {
				return 0;
			}
			throw ex;
		}
	}

	/**
	 * Looks for a record, which takes a moment. There may be none before the end of a
	 * partition: the end of a transaction has an offset too.
	 * @param partition where to look
	 * @param from the least offset
	 * @return whether there is a record at this offset or after it
	 */
	public boolean hasRecord(TopicPartition partition, long from) {
		var settings = new HashMap<>(this.kafka.clientSettings());
		settings.putAll(Map.of(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest",
				ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) this.limit.toMillis()));
		try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
			consumer.assign(List.of(partition));
			consumer.seek(partition, from);
			return !consumer.poll(this.limit).isEmpty();
		}
	}

	private Map<TopicPartition, Long> offsets(String topic, OffsetSpec which) {
		var request = this.connection.describe(topic)
			.partitions()
			.stream()
			.map((partition) -> new TopicPartition(topic, partition.partition()))
			.collect(Collectors.toMap(Function.identity(), (partition) -> which));
		return this.connection.get(this.connection.admin().listOffsets(request).all())
			.entrySet()
			.stream()
			.collect(Collectors.toMap(Map.Entry::getKey, (entry) -> entry.getValue().offset()));
	}

	@Override
	public void close() {
		this.connection.close();
	}

}
