package io.dapr.quickstarts.bindings;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.dapr.quickstarts.bindings.launcher.kafka.KafkaBroker;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AccessControlEntryFilter;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourcePatternFilter;
import org.apache.kafka.common.resource.ResourceType;

import static org.awaitility.Awaitility.await;

/** An operator who looks after a broker. */
class KafkaAdmin implements AutoCloseable {

	private final Admin admin;

	KafkaAdmin(KafkaBroker kafka) {
		this.admin = Admin.create(kafka.clientSettings());
	}

	/** Creates a topic of one partition with Kafka's default settings. */
	void create(String topic) {
		get(this.admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all());
	}

	/** Sets the configuration of a topic. */
	void configure(String topic, String name, String value) {
		var change = new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET);
		get(this.admin
			.incrementalAlterConfigs(Map.of(new ConfigResource(ConfigResource.Type.TOPIC, topic), List.of(change)))
			.all());
	}

	/** Adds partitions to a topic, so that it has so many in all. */
	void partitions(String topic, int count) {
		get(this.admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(count))).all());
	}

	/** Deletes topics and waits until they are gone. */
	void delete(Collection<String> topics) {
		get(this.admin.deleteTopics(topics).all());
		await("the topics are gone").atMost(Installation.LIMIT)
			.until(() -> get(this.admin.listTopics().names()).stream().noneMatch(topics::contains));
	}

	/**
	 * Lets a group, which must have no members, read the first partition of a topic
	 * again.
	 */
	void resetGroup(String group, String topic) {
		get(this.admin.alterConsumerGroupOffsets(group, Map.of(new TopicPartition(topic, 0), new OffsetAndMetadata(0)))
			.all());
	}

	/** Waits until so many consumers have joined a group and share its partitions. */
	void awaitMembers(String group, int count) {
		await("the group has %d members".formatted(count)).atMost(Installation.LIMIT).until(() -> {
			var description = get(this.admin.describeConsumerGroups(List.of(group)).all()).get(group);
			return description.groupState() == GroupState.STABLE && description.members().size() == count;
		});
	}

	/**
	 * Moves a group to an offset of a partition, once its members have left; else Kafka
	 * refuses.
	 */
	void moveGroup(String group, TopicPartition partition, long offset) {
		await("the group has no members").atMost(Installation.LIMIT)
			.until(() -> get(this.admin.describeConsumerGroups(List.of(group)).all()).get(group)
				.groupState() == GroupState.EMPTY);
		get(this.admin.alterConsumerGroupOffsets(group, Map.of(partition, new OffsetAndMetadata(offset))).all());
	}

	/** Gives a user a right, on a broker that knows users. */
	void allow(String user, AclOperation operation, ResourceType type, String name) {
		get(this.admin.createAcls(List.of(right(user, operation, type, name))).all());
	}

	/** Takes a right back. */
	void forbid(String user, AclOperation operation, ResourceType type, String name) {
		get(this.admin.deleteAcls(List.of(right(user, operation, type, name).toFilter())).all());
	}

	private static AclBinding right(String user, AclOperation operation, ResourceType type, String name) {
		return new AclBinding(new ResourcePattern(type, name, PatternType.LITERAL),
				new AccessControlEntry("User:" + user, "*", operation, AclPermissionType.ALLOW));
	}

	/** Gives a user another password. */
	void setPassword(String user, String password) {
		var credential = new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096);
		get(this.admin.alterUserScramCredentials(List.of(new UserScramCredentialUpsertion(user, credential, password)))
			.all());
	}

	/** How many brokers keep a topic's records. */
	int copies(String topic) {
		return get(this.admin.describeTopics(List.of(topic)).allTopicNames()).get(topic)
			.partitions()
			.get(0)
			.replicas()
			.size();
	}

	/** The value of a topic's setting, be it its own or the broker's. */
	String setting(String topic, String name) {
		var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
		return get(this.admin.describeConfigs(List.of(resource)).all()).get(resource).get(name).value();
	}

	/** Deletes all records of the first partition of a topic, as retention does. */
	void deleteRecords(String topic) {
		get(this.admin.deleteRecords(Map.of(new TopicPartition(topic, 0), RecordsToDelete.beforeOffset(-1))).all());
	}

	/** Takes one right from everyone, and leaves the others. */
	void deny(ResourceType type, String name, AclOperation right) {
		var resource = new ResourcePattern(type, name, PatternType.LITERAL);
		get(this.admin
			.createAcls(List.of(
					new AclBinding(resource,
							new AccessControlEntry("User:*", "*", AclOperation.ALL, AclPermissionType.ALLOW)),
					new AclBinding(resource, new AccessControlEntry("User:*", "*", right, AclPermissionType.DENY))))
			.all());
	}

	/** Takes back {@link #deny}. */
	void allow(ResourceType type, String name) {
		get(this.admin
			.deleteAcls(List.of(new AclBindingFilter(new ResourcePatternFilter(type, name, PatternType.LITERAL),
					AccessControlEntryFilter.ANY)))
			.all());
	}

	private static <T> T get(KafkaFuture<T> future) {
		try {
			return future.get(30, TimeUnit.SECONDS);
		}
		catch (ExecutionException | InterruptedException | TimeoutException ex) {
			throw new IllegalStateException("Kafka refused: " + ex.getMessage(), ex);
		}
	}

	@Override
	public void close() {
		this.admin.close();
	}

}
