package io.dapr.quickstarts.bindings.launcher.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.dapr.quickstarts.bindings.launcher.process.InvalidSettingException;
import io.dapr.quickstarts.bindings.launcher.process.Wait;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The topics of the quickstart on a broker. */
public final class Topics implements AutoCloseable {

	/** The topic of the orders, where a component file does not name another. */
	public static final String ORDERS = "sample";

	/** The topic of dead letters, where a component file does not name another. */
	public static final String DEAD_LETTERS = "sample-dead-letter";

	/**
	 * With it the broker unpacks a compressed batch and refuses a record that is larger
	 * than max.message.bytes then. Else a small batch can hold a record that is too large
	 * for the app or for the dead letter, which would stop its partition.
	 */
	private static final String UNCOMPRESSED = "uncompressed";

	private static final Duration LIMIT = Duration.ofSeconds(30);

	private final KafkaBroker kafka;

	private final Admin admin;

	private final Duration limit;

	/**
	 * Connects to a broker, which may take half a minute for each answer.
	 * @param kafka the broker, which must run
	 */
	public Topics(KafkaBroker kafka) {
		this(kafka, LIMIT);
	}

	/**
	 * Connects to a broker.
	 * @param kafka the broker, which must run
	 * @param limit how long it may take for an answer
	 */
	public Topics(KafkaBroker kafka, Duration limit) {
		this.kafka = kafka;
		this.limit = limit;
		this.admin = Admin.create(settings(Map.of(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
				(int) limit.toMillis(), AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) limit.toMillis(),
				AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 200)));
	}

	private Map<String, Object> settings(Map<String, Object> more) {
		var settings = new HashMap<>(this.kafka.clientSettings());
		settings.putAll(more);
		return settings;
	}

	/**
	 * Waits until a broker answers.
	 * @param kafka the broker
	 * @param limit how long to wait
	 * @throws IllegalStateException if it does not answer within the limit
	 * @throws InvalidSettingException if it refuses this client, or this client it
	 */
	static void awaitBroker(KafkaBroker kafka, Duration limit) {
		var refusal = new AtomicReference<AuthenticationException>();
		try (var topics = new Topics(kafka, Duration.ofSeconds(1))) {
			Wait.until("a Kafka broker answers at " + kafka.bootstrapServers(), limit, () -> topics.answers(refusal));
		}
		if (refusal.get() != null) {
			throw new InvalidSettingException("Kafka at %s and this client do not accept each other: %s"
				.formatted(kafka.bootstrapServers(), reason(refusal.get())));
		}
	}

	/** A refusal is an answer that does not change. */
	private boolean answers(AtomicReference<AuthenticationException> refusal) {
		try {
			return !brokers().isEmpty();
		}
		catch (IllegalStateException ex) {
			if (ex.getCause() instanceof AuthenticationException refused) {
				refusal.set(refused);
				return true;
			}
			throw ex;
		}
	}

	/** What a handshake failed for is in the last cause. */
	private static String reason(Throwable failure) {
		var root = failure;
		while (root.getCause() != null) {
			root = root.getCause();
		}
		return (root == failure) ? failure.getMessage() : failure.getMessage() + ": " + root.getMessage();
	}

	/**
	 * Names the brokers of the cluster, as they want to be called by their clients.
	 * @return their addresses
	 */
	Collection<Node> brokers() {
		return get(this.admin.describeCluster().nodes());
	}

	/**
	 * Creates a topic for orders, unless it is there.
	 * @param topic its name, such as {@link #ORDERS}
	 * @param partitions how many partitions it gets; Kafka keeps the order of records
	 * within one
	 */
	public void createForOrders(String topic, int partitions) {
		create(new NewTopic(topic, Optional.of(partitions), Optional.empty())
			.configs(Map.of(TopicConfig.COMPRESSION_TYPE_CONFIG, UNCOMPRESSED)));
	}

	/**
	 * Whether the broker checks the size of a record that came compressed, as it does for
	 * a topic that {@link #createForOrders} has created.
	 * @param topic its name
	 * @return false if the topic lacks the setting compression.type=uncompressed; true if
	 * that cannot be told without a right to read its settings
	 */
	public boolean isUncompressed(String topic) {
		var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
		try {
			var configuration = get(this.admin.describeConfigs(List.of(resource)).all()).get(resource);
			return configuration.get(TopicConfig.COMPRESSION_TYPE_CONFIG).value().equals(UNCOMPRESSED);
		}
		catch (IllegalStateException ex) {
			if (ex.getCause() instanceof AuthorizationException) {
				return true;
			}
			throw ex;
		}
	}

	/**
	 * Creates a topic for dead letters, unless it is there.
	 * @param topic its name, such as {@link #DEAD_LETTERS}
	 */
	public void createForDeadLetters(String topic) {
		// A record of Kafka's full size (1 MiB) has to fit in with the headers it gets.
		create(new NewTopic(topic, Optional.of(1), Optional.empty())
			.configs(Map.of(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, "2097152")));
	}

	private void create(NewTopic topic) {
		if (exists(topic.name())) {
			return;
		}
		try {
			get(this.admin.createTopics(List.of(topic)).all());
		}
		catch (IllegalStateException ex) {
			if (!(ex.getCause() instanceof TopicExistsException)) {
				throw new IllegalStateException("The topic %s is not at %s and cannot be created: %s"
					.formatted(topic.name(), this.kafka.bootstrapServers(), ex.getMessage()), ex);
			}
		}
		// The controller has created it; the brokers learn of it a moment later.
		Wait.until("the topic " + topic.name() + " is known", this.limit, () -> exists(topic.name()));
	}

	private boolean exists(String topic) {
		try {
			describe(topic);
			return true;
		}
		catch (IllegalStateException ex) {
			if (ex.getCause() instanceof UnknownTopicOrPartitionException) {
				return false;
			}
			throw new IllegalStateException("The topic %s cannot be looked at on %s: %s".formatted(topic,
					this.kafka.bootstrapServers(), ex.getMessage()), ex);
		}
	}

	/** The id of the broker that leads the first partition of a topic. */
	int leader(String topic) {
		var leader = describe(topic).partitions().get(0).leader();
		if (leader == null) {
			throw new IllegalStateException("No broker leads the topic " + topic);
		}
		return leader.id();
	}

	private TopicDescription describe(String topic) {
		return get(this.admin.describeTopics(List.of(topic)).allTopicNames()).get(topic);
	}

	/**
	 * Counts the orders that the topic holds and the group has not committed.
	 * @param topic the topic's name
	 * @param group the consumer group
	 * @return how many
	 */
	public long lag(String topic, String group) {
		return offsets(topic, group).values().stream().mapToLong(Offsets::lag).sum();
	}

	/**
	 * Tells how far a topic reaches and how far a group has read it.
	 * @param topic the topic's name
	 * @param group the consumer group
	 * @return both, for each partition
	 * @throws IllegalStateException if the broker does not answer within the limit
	 */
	public Map<TopicPartition, Offsets> offsets(String topic, String group) {
		// The end first: what comes meanwhile may be committed, but does not count yet.
		var ends = offsets(topic, OffsetSpec.latest());
		var committed = get(this.admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
		var starts = offsets(topic, OffsetSpec.earliest());
		return ends.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, (end) -> {
			var next = Optional.ofNullable(committed.get(end.getKey())).map(OffsetAndMetadata::offset);
			// Records that the group has not read may have been deleted.
			return new Offsets(end.getValue(), Math.max(next.orElse(0L), starts.get(end.getKey())));
		}));
	}

	/**
	 * Counts the members of a consumer group.
	 * @param group the group
	 * @return how many there are, 0 if there is no such group
	 */
	public int members(String group) {
		try {
			return get(this.admin.describeConsumerGroups(List.of(group)).all()).get(group).members().size();
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
		try (var consumer = new KafkaConsumer<>(
				settings(Map.of(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest",
						ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) this.limit.toMillis())),
				new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
			consumer.assign(List.of(partition));
			consumer.seek(partition, from);
			return !consumer.poll(this.limit).isEmpty();
		}
	}

	private Map<TopicPartition, Long> offsets(String topic, OffsetSpec which) {
		var request = describe(topic).partitions()
			.stream()
			.map((partition) -> new TopicPartition(topic, partition.partition()))
			.collect(Collectors.toMap(Function.identity(), (partition) -> which));
		return get(this.admin.listOffsets(request).all()).entrySet()
			.stream()
			.collect(Collectors.toMap(Map.Entry::getKey, (entry) -> entry.getValue().offset()));
	}

	private <T> T get(KafkaFuture<T> future) {
		try {
			return future.get(this.limit.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException(ex.getCause().getMessage(), ex.getCause());
		}
		catch (TimeoutException ex) {
			throw new IllegalStateException("Kafka did not answer within " + this.limit.toSeconds() + " s", ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted", ex);
		}
	}

	@Override
	public void close() {
		this.admin.close(Duration.ZERO);
	}

	/**
	 * How far a partition reaches and how far a consumer group has read it.
	 *
	 * @param end the offset that the next record will get
	 * @param next the offset at which the group reads on, which is the partition's first
	 * where it has not read yet
	 */
	public record Offsets(long end, long next) {

		/** How many records the group has not committed yet. */
		public long lag() {
			return Math.max(0, this.end - this.next);
		}

	}

}
