package io.dapr.quickstarts.bindings;

import java.time.Duration;
import java.util.Map;

import io.dapr.quickstarts.bindings.launcher.kafka.KafkaBroker;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Orders that are never accepted: where no repetition helps, the producer ends and says
 * what to check; what an operator may cure meanwhile it waits for.
 */
@OnKafka
class ProducerFailuresIT {

	@Test
	void noSuchBinding(KafkaBroker kafka) {
		try (var installation = new Installation(kafka)) {
			installation.editBinding((file) -> file.replace("name: sample-topic", "name: another-topic"));

			assertProducerEnds(installation, "Does the sidecar load components/kafka_bindings.yaml?");
		}
	}

	@Test
	void anOrderLargerThanTheTopicTakes(KafkaBroker kafka) {
		try (var installation = new Installation(kafka)) {
			installation.configure(installation.topic, TopicConfig.MAX_MESSAGE_BYTES_CONFIG, "20");

			assertProducerEnds(installation, "Check the topic's max.message.bytes.");
		}
	}

	@Test
	void anOrderLargerThanTheSidecarSends(KafkaBroker kafka) {
		try (var installation = new Installation(kafka)) {
			installation.editBinding((file) -> file.replace("    - name: brokers\n",
					"    - name: maxMessageBytes\n      value: \"10\"\n    - name: brokers\n"));

			assertProducerEnds(installation, "Check maxMessageBytes of the component.");
		}
	}

	@Test
	void aSidecarWithATokenThatTheProducerLacks(KafkaBroker kafka) {
		try (var installation = Installation.on(kafka).sidecarEnvironment(Map.of("DAPR_API_TOKEN", "secret")).build()) {
			assertProducerEnds(installation, "Check DAPR_API_TOKEN.");
		}
	}

	/** The right may be given at any time, so that the order waits for it. */
	@Test
	void noRightToWrite() {
		var kafka = TestKafka.embeddedBroker(Map.of("authorizer.class.name",
				"org.apache.kafka.metadata.authorizer.StandardAuthorizer", "allow.everyone.if.no.acl.found", "true"));
		kafka.start();
		try (var admin = new KafkaAdmin(kafka); var installation = new Installation(kafka)) {
			admin.deny(ResourceType.TOPIC, installation.topic, AclOperation.WRITE);
			installation.start(10, Duration.ZERO);
			await("the producer says why it waits").atMost(Installation.LIMIT)
				.until(() -> installation.producerLines.stream()
					.anyMatch((line) -> line.startsWith("Not accepted, trying again: ")
							&& line.contains("not authorized")));
			assertThat(installation.accepted()).isZero();
			admin.allow(ResourceType.TOPIC, installation.topic);

			installation.awaitAllOnceInOrder(10);
		}
		finally {
			kafka.stop();
		}
	}

	private static void assertProducerEnds(Installation installation, String advice) {
		installation.startProducerSidecar();
		var producer = installation.startProducer(10, Duration.ZERO);
		assertThat(producer.awaitExit(Installation.LIMIT)).isTrue();
		assertThat(producer.exitCode()).isEqualTo(1);
		assertThat(installation.accepted()).isZero();
		assertThat(installation.producerLines).anyMatch((line) -> line.endsWith(advice));
	}

}
