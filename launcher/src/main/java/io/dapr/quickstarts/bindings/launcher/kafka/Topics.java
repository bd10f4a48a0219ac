package io.dapr.quickstarts.bindings.launcher.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.dapr.quickstarts.bindings.launcher.process.Wait;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

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

	private final AdminConnection connection;

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
		this.connection = new AdminConnection(kafka, limit);
		this.admin = this.connection.admin();
	}

	/**
	 * Names the brokers of the cluster, as they want to be called by their clients.
	 * @return their addresses
	 */
	Collection<Node> brokers() {
		return this.connection.get(this.admin.describeCluster().nodes());
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
			var configuration = this.connection.get(this.admin.describeConfigs(List.of(resource)).all()).get(resource);
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
			this.connection.get(this.admin.createTopics(List.of(topic)).all());
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
			this.connection.describe(topic);
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
		var leader = this.connection.describe(topic).partitions().get(0).leader();
		if (leader == null) {
			throw new IllegalStateException("No broker leads the topic " + topic);
		}
		return leader.id();
	}

	@Override
	public void close() {
		this.connection.close();
	}

}
