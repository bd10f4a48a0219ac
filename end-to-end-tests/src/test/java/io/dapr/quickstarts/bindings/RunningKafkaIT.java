package io.dapr.quickstarts.bindings;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.dapr.quickstarts.bindings.launcher.kafka.EmbeddedKafka;
import io.dapr.quickstarts.bindings.launcher.kafka.Topics;
import io.dapr.quickstarts.bindings.launcher.process.Background;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** {@code --kafka HOST:PORT}: a broker of the user's, with all that may be on it. */
class RunningKafkaIT {

	private static EmbeddedKafka kafka;

	@BeforeAll
	static void start() {
		kafka = TestKafka.embeddedBroker(Map.of("authorizer.class.name",
				"org.apache.kafka.metadata.authorizer.StandardAuthorizer", "allow.everyone.if.no.acl.found", "true"));
		kafka.start();
		try (var topics = new Topics(kafka)) {
			topics.createForOrders(Topics.ORDERS, 1);
		}
	}

	@AfterAll
	static void stop() {
		kafka.stop();
	}

	/** A transaction's end has an offset too, and so had the records that are deleted. */
	@Test
	void aTopicOfTransactionsAndDeletedRecords() {
		try (var writer = new TransactionalWriter(kafka, Topics.ORDERS); var admin = new KafkaAdmin(kafka)) {
			writer.commit(71);
			admin.deleteRecords(Topics.ORDERS);
			writer.abort(72);
			assertArrived();
			writer.commit(73);
			writer.abort(74);
			admin.deleteRecords(Topics.ORDERS);
			assertArrived();
		}
	}

	@Test
	void anotherMemberOfTheGroup() {
		try (var other = new KafkaConsumer<>(
				Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers(),
						ConsumerConfig.GROUP_ID_CONFIG, "group1"),
				new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
			other.subscribe(List.of(Topics.ORDERS));
			await("the other is a member").atMost(Installation.LIMIT).until(() -> {
				other.poll(Duration.ofMillis(100));
				return !other.assignment().isEmpty();
			});
			try (var launcher = launcher(kafka)) {
				launcher
					.awaitLine("the consumer group group1 has members already (1): an order that one of them takes");
			}
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			GROUP | group1 | DESCRIBE | quickstart: .*group1.*
			TOPIC | sample | DESCRIBE | quickstart: The topic sample cannot be looked at on .* authorization .*
			GROUP | group1 | READ     | quickstart . no order has been delivered for 15 s, .* group1 .*
			TOPIC | sample | WRITE    | quickstart . no order has been accepted for 15 s: .* not authorized .*
			""")
	void aRightThatIsMissing(ResourceType type, String name, AclOperation right, String line) {
		try (var admin = new KafkaAdmin(kafka)) {
			admin.deny(type, name, right);
			try (var launcher = launcher(kafka)) {
				launcher.awaitMatch(line);
			}
			finally {
				admin.allow(type, name);
			}
		}
	}

	@Test
	void anAddressThatCannotBeReached() {
		var other = TestKafka.embeddedBroker(Map.of("advertised.listeners", "PLAINTEXT://127.0.0.1:9"));
		// It starts, but no client of ours can see that either.
		Background.run(other::start);
		try {
			await("the broker listens").atMost(Installation.LIMIT)
				.until(() -> other.process()
					.lastLines(1000)
					.stream()
					.anyMatch((line) -> line.contains("Kafka Server started")));
			try (var launcher = launcher(other)) {
				assertThat(launcher.awaitExit()).isEqualTo(2);
				assertThat(launcher.lines()).singleElement()
					.asString()
					.startsWith("quickstart: something listens at " + other.bootstrapServers()
							+ ", but Kafka clients cannot use it")
					.contains("advertised.listeners");
			}
		}
		finally {
			other.stop();
		}
	}

	private static void assertArrived() {
		try (var launcher = launcher(kafka)) {
			assertThat(launcher.awaitExit()).isZero();
			assertThat(launcher.lines()).last().isEqualTo("quickstart | all 3 orders arrived, each once and in order");
		}
	}

	private static Launcher launcher(EmbeddedKafka broker) {
		return new Launcher(TestKafka.temporaryFolder("launcher-").resolve("launcher.log"), "--no-page", "--orders",
				"3", "--interval-ms", "0", "--kafka", broker.bootstrapServers())
			.start();
	}

}
