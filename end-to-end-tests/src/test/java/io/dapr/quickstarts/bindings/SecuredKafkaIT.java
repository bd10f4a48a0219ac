package io.dapr.quickstarts.bindings;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;

import io.dapr.quickstarts.bindings.launcher.Project;
import io.dapr.quickstarts.bindings.launcher.dapr.ComponentFiles;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The apps on a Kafka with TLS, users and rights, with the components of deploy/overlays:
 * what is wrong is said in one line, and nothing is lost when it is mended.
 */
class SecuredKafkaIT {

	private static final String PASSWORD = "external-kafka";

	private static final String CERTIFICATE = "external-kafka-mtls";

	private static final Duration INTERVAL = Duration.ofMillis(40);

	private static final int PROGRESS = 20;

	/** How soon one reads what is wrong. */
	private static final Duration LINE_LIMIT = Duration.ofSeconds(60);

	/** For the tests that leave it as it is. */
	private static SecuredKafka shared;

	@BeforeAll
	static void start() {
		shared = new SecuredKafka();
	}

	@AfterAll
	static void stop() {
		shared.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { PASSWORD, CERTIFICATE })
	void ordersAndDeadLettersArrive(String overlay) {
		try (var installation = installation(shared, overlay);
				var writer = new TopicWriter(shared.broker, installation.topic);
				var deadLetters = new TopicReader(shared.broker, installation.deadLetterTopic)) {
			installation.start(PROGRESS, INTERVAL);
			writer.write(writer.record(null, "no JSON".getBytes(StandardCharsets.UTF_8)));

			installation.awaitAllOnceInOrder(PROGRESS);
			assertThat(deadLetters.values(1)).containsExactly("no JSON");
		}
	}

	/** daprd tries a component once and ends. */
	@Test
	void aSidecarThatCannotLogInSaysWhyAndEnds() {
		try (var kafka = new SecuredKafka(); var installation = installation(kafka, PASSWORD)) {
			var secrets = kafka.secrets();
			secrets.with("kafka-producer-app", "password", "wrong").writeTo(installation.components);
			assertEnds(installation, "SASL Authentication failed");
			secrets.with("kafka-ca", "ca.crt", new CertificateAuthority().certificate())
				.writeTo(installation.components);
			assertEnds(installation, "certificate signed by unknown authority");
			secrets.writeTo(installation.components);
			kafka.present(kafka.authority.signExpired("broker"));
			restart(kafka);
			assertEnds(installation, "certificate has expired or is not yet valid");
			kafka.present(kafka.authority.sign("broker"));
			restart(kafka);

			installation.start(PROGRESS, INTERVAL);
			installation.awaitAllOnceInOrder(PROGRESS);
		}
	}

	@Test
	void aClientCertificateThatTheBrokerRefusesIsNamed() {
		try (var installation = installation(shared, CERTIFICATE)) {
			var secrets = shared.secrets();
			var expired = shared.authority.signExpired("producer-app");
			secrets.with("kafka-producer-app", "user.crt", expired.certificate())
				.with("kafka-producer-app", "user.key", expired.key())
				.writeTo(installation.components);
			assertEnds(installation, "remote error: tls: unknown certificate");
			secrets.writeTo(installation.components);

			installation.start(PROGRESS, INTERVAL);
			installation.awaitAllOnceInOrder(PROGRESS);
		}
	}

	/** If this fails, daprd has been mended, and docs/secured-kafka.md can say so. */
	@Test
	void withAClientCertificateAndNoCaCertTheSidecarCrashes() throws IOException {
		try (var installation = installation(shared, CERTIFICATE)) {
			var file = installation.components.resolve("kafka_bindings_producer.yaml");
			Files.writeString(file, Files.readString(file).replace("name: caCert", "name: noSuchSetting"));
			var sidecar = installation.producerSidecar.process();
			sidecar.start();
			assertThat(sidecar.awaitExit(LINE_LIMIT)).as("the sidecar ends, see " + sidecar.log()).isTrue();
			assertThat(Files.readString(sidecar.log()))
				.contains("panic: runtime error: invalid memory address or nil pointer dereference");
		}
	}

	/** The orders wait until the operator has mended it; no app is restarted. */
	@Test
	void whatGoesWrongWhileOrdersAreUnderWayIsNamed() {
		try (var kafka = new SecuredKafka();
				var admin = new KafkaAdmin(kafka.broker);
				var installation = installation(kafka, PASSWORD)) {
			installation.start(0, INTERVAL);
			installation.awaitFurtherArrivals(PROGRESS);

			admin.setPassword("producer-app", "another");
			admin.setPassword("consumer-app", "another");
			restart(kafka);
			awaitLineOfBoth(installation, "SASL Authentication failed");
			admin.setPassword("producer-app", SecuredKafka.PASSWORD);
			admin.setPassword("consumer-app", SecuredKafka.PASSWORD);
			installation.awaitFurtherArrivals(PROGRESS);

			kafka.present(kafka.authority.signExpired("broker"));
			restart(kafka);
			awaitLineOfBoth(installation, "certificate has expired or is not yet valid");
			kafka.present(new CertificateAuthority().sign("broker"));
			restart(kafka);
			awaitLineOfBoth(installation, "certificate signed by unknown authority");
			kafka.present(kafka.authority.sign("broker"));
			restart(kafka);
			installation.awaitFurtherArrivals(PROGRESS);

			installation.stopProducer();
			installation.awaitAllOnceInOrder(installation.accepted());
		}
	}

	@Test
	void aMissingRightIsNamed() {
		try (var admin = new KafkaAdmin(shared.broker);
				var installation = installation(shared, PASSWORD);
				var writer = new TopicWriter(shared.broker, installation.topic)) {
			admin.forbid("producer-app", AclOperation.WRITE, ResourceType.TOPIC, installation.topic);
			installation.start(0, INTERVAL);
			awaitProducerLine(installation, "not authorized to access this topic");
			admin.allow("producer-app", AclOperation.WRITE, ResourceType.TOPIC, installation.topic);
			installation.awaitFurtherArrivals(PROGRESS);

			admin.forbid("consumer-app", AclOperation.READ, ResourceType.TOPIC, installation.topic);
			awaitSidecarLine(installation, "The client is not authorized to access this topic");
			admin.allow("consumer-app", AclOperation.READ, ResourceType.TOPIC, installation.topic);
			installation.awaitFurtherArrivals(PROGRESS);

			admin.forbid("consumer-app", AclOperation.READ, ResourceType.GROUP, installation.group);
			awaitSidecarLine(installation, "The client is not authorized to access this group");
			admin.allow("consumer-app", AclOperation.READ, ResourceType.GROUP, installation.group);
			installation.awaitFurtherArrivals(PROGRESS);

			admin.forbid("consumer-app", AclOperation.WRITE, ResourceType.TOPIC, installation.deadLetterTopic);
			writer.write(writer.record(null, "no JSON".getBytes(StandardCharsets.UTF_8)));
			await("the consumer's line").atMost(LINE_LIMIT)
				.until(() -> installation.consumerLines.stream()
					.anyMatch((line) -> line.contains("Could not write to sample-dead-letter: ")
							&& line.contains("not authorized")));
			admin.allow("consumer-app", AclOperation.WRITE, ResourceType.TOPIC, installation.deadLetterTopic);
			installation.awaitFurtherArrivals(PROGRESS);

			installation.stopProducer();
			installation.awaitAllOnceInOrder(installation.accepted());
		}
	}

	private static Installation installation(SecuredKafka kafka, String overlay) {
		var address = overlay.equals(PASSWORD) ? kafka.withPassword() : kafka.withCertificate();
		var files = ComponentFiles.read(Project.current().home().resolve("deploy/overlays").resolve(overlay));
		var installation = Installation.on(kafka.broker).components(files.with("brokers", address)).build();
		kafka.secrets().writeTo(installation.components);
		kafka.allowApps(installation.topic, installation.deadLetterTopic, installation.group);
		return installation;
	}

	private static void restart(SecuredKafka kafka) {
		kafka.broker.stop();
		kafka.broker.start();
	}

	private static void assertEnds(Installation installation, String reason) {
		var sidecar = installation.producerSidecar.process();
		sidecar.start();
		assertThat(sidecar.awaitExit(LINE_LIMIT)).as("the sidecar ends, see " + sidecar.log()).isTrue();
		assertThat(sidecar.exitCode()).isNotZero();
		assertThat(sidecar.lastLines(10))
			.anyMatch((line) -> line.contains("level=fatal") && line.contains("sample-topic") && line.contains(reason));
	}

	private static void awaitLineOfBoth(Installation installation, String reason) {
		awaitProducerLine(installation, reason);
		awaitSidecarLine(installation, reason);
	}

	private static void awaitProducerLine(Installation installation, String reason) {
		await("the producer's line with " + reason).atMost(LINE_LIMIT)
			.until(() -> installation.producerLines.stream()
				.anyMatch((line) -> line.startsWith("Not accepted, trying again: ") && line.contains(reason)));
	}

	private static void awaitSidecarLine(Installation installation, String reason) {
		var log = installation.consumerSidecar.process().log();
		await("the line of the consumer's sidecar with " + reason).atMost(LINE_LIMIT)
			.until(() -> Files.readAllLines(log)
				.stream()
				.anyMatch((line) -> line.contains("level=error") && line.contains(reason)));
	}

}
