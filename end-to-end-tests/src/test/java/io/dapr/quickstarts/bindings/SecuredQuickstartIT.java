package io.dapr.quickstarts.bindings;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.dapr.quickstarts.bindings.launcher.Project;
import io.dapr.quickstarts.bindings.launcher.dapr.ComponentFiles;
import io.dapr.quickstarts.bindings.launcher.kafka.Topics;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The one command with a broker that asks for a password. */
class SecuredQuickstartIT {

	private static SecuredKafka kafka;

	private final Path folder = TestKafka.temporaryFolder("components-");

	@BeforeAll
	static void start() {
		kafka = new SecuredKafka();
		kafka.allowApps(Topics.ORDERS, Topics.DEAD_LETTERS, "group1");
		try (var topics = new Topics(kafka.broker); var admin = new KafkaAdmin(kafka.broker)) {
			topics.createForOrders(Topics.ORDERS, 1);
			topics.createForDeadLetters(Topics.DEAD_LETTERS);
			admin.allow("launcher", AclOperation.READ, ResourceType.TOPIC, Topics.ORDERS);
			admin.allow("launcher", AclOperation.DESCRIBE, ResourceType.TOPIC, Topics.DEAD_LETTERS);
			admin.allow("launcher", AclOperation.DESCRIBE, ResourceType.GROUP, "group1");
		}
	}

	@AfterAll
	static void stop() {
		kafka.close();
	}

	@BeforeEach
	void writeComponents() {
		ComponentFiles.read(Project.current().home().resolve("deploy/overlays/external-kafka")).copyTo(this.folder);
		kafka.secrets().writeForSidecarIn(this.folder);
	}

	@Test
	void ordersArrive() {
		try (var quickstart = launcher(SecuredKafka.PASSWORD, "--orders", "5", "--interval-ms", "50").start()) {
			assertThat(quickstart.awaitExit()).isZero();
			assertThat(quickstart.lines()).contains("quickstart | all 5 orders arrived, each once and in order");
		}
	}

	@Test
	void aWrongPasswordOfTheLauncherIsNamed() {
		try (var quickstart = launcher("wrong").start()) {
			assertThat(quickstart.awaitExit()).isEqualTo(2);
			assertThat(quickstart.lines())
				.containsExactly("quickstart: Kafka at %s and this client do not accept each other: ".formatted(kafka())
						+ "Authentication failed during authentication due to invalid credentials with SASL mechanism SCRAM-SHA-512");
		}
	}

	@Test
	void withoutTheSettingsOfAClientTheyAreAskedFor() {
		try (var quickstart = new Launcher(log(), "--no-page", "--kafka", kafka()).start()) {
			assertThat(quickstart.awaitExit()).isEqualTo(2);
			assertThat(quickstart.lines()).singleElement()
				.asString()
				.startsWith("quickstart: something listens at " + kafka() + ", but Kafka clients cannot use it")
				.contains("a secured one, which needs --kafka-config");
		}
	}

	@Test
	void aWrongPasswordOfASidecarIsNamed() {
		kafka.secrets().with("kafka-consumer-app", "password", "wrong").writeForSidecarIn(this.folder);
		try (var quickstart = launcher(SecuredKafka.PASSWORD).start()) {
			assertThat(quickstart.awaitExit()).isEqualTo(1);
			assertThat(quickstart.lines()).anyMatch(
					(line) -> line.startsWith("quickstart: consumer-app's sidecar ended by itself with exit code 1: ")
							&& line.contains("SASL Authentication failed"));
		}
	}

	@Test
	void aMissingRightIsNamed() {
		try (var admin = new KafkaAdmin(kafka.broker)) {
			admin.forbid("consumer-app", AclOperation.READ, ResourceType.GROUP, "group1");
			try (var quickstart = launcher(SecuredKafka.PASSWORD, "--orders", "5", "--interval-ms", "50").start()) {
				assertThat(quickstart.awaitLine("no order has been delivered"))
					.endsWith("the consumer's sidecar has left the consumer group group1 and reads nothing: "
							+ "kafka server: The client is not authorized to access this group");
				admin.allow("consumer-app", AclOperation.READ, ResourceType.GROUP, "group1");
				assertThat(quickstart.awaitExit()).isZero();
			}
		}
	}

	private Launcher launcher(String password, String... options) {
		var all = new ArrayList<>(List.of("--no-page", "--kafka", kafka(), "--kafka-config",
				kafka.clientConfig(password).toString(), "--components", this.folder.toString()));
		all.addAll(List.of(options));
		return new Launcher(log(), all.toArray(String[]::new));
	}

	private static String kafka() {
		return kafka.withPassword();
	}

	private static Path log() {
		return TestKafka.temporaryFolder("quickstart-").resolve("quickstart.log");
	}

}
