package io.dapr.quickstarts.bindings;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import io.dapr.quickstarts.bindings.launcher.kafka.KafkaBroker;
import io.dapr.quickstarts.bindings.launcher.kafka.Topics;
import io.dapr.quickstarts.bindings.launcher.process.ChildEnvironment;
import io.dapr.quickstarts.bindings.launcher.process.ShortCommand;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What stands still is seen, and the service that is to blame is named. */
@OnKafka
class StandstillIT {

	private static Launcher launcher;

	private static Path folder;

	@BeforeAll
	static void start() {
		folder = TestKafka.temporaryFolder("standstill-");
		launcher = new Launcher(folder.resolve("launcher.log"), "--interval-ms", "200").start();
	}

	@AfterAll
	static void stop() {
		launcher.close();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					consumer         | no order has been delivered for 15 s, | the consumer does not respond             | orders are delivered again
					consumer-sidecar | no order has been delivered for 15 s, | the consumer's sidecar does not respond   | orders are delivered again
					kafka            | no order has been delivered for 15 s: | Kafka does not respond                    | Kafka responds again
					producer-sidecar | no order has been accepted for 15 s:  | the producer's sidecar does not respond   | orders are accepted again
					producer         | no order has been accepted for 15 s:  | the producer says nothing                 | orders are accepted again
					""")
	void aServiceThatHangsIsNamedUntilItGoesOn(String id, String effect, String blame, String recovery) {
		await("all services are running").atMost(Launcher.START_LIMIT)
			.ignoreExceptions()
			.until(() -> services().stream()
				.allMatch((service) -> service.path("state").asText().equals("RUNNING")
						&& service.path("standstill").isNull())
					&& received() > 0);
		var before = launcher.lines().size();
		var pid = service(id).path("pid").asText();
		signal("STOP", pid);
		try {
			assertThat(launcher.awaitLine(effect, before)).endsWith(blame);
			assertThat(service(id).path("standstill").asText()).contains(effect.replaceAll("[,:]$", ""));
		}
		finally {
			signal("CONT", pid);
		}
		launcher.awaitLine(recovery, before);
		assertThat(launcher.lines().stream().skip(before).filter((line) -> line.startsWith("quickstart | ")))
			.hasSize(2);
	}

	@Test
	void aRecordThatIsRedeliveredAgainAndAgainIsNamed(@OwnBroker KafkaBroker kafka) throws Exception {
		try (var admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers()))) {
			admin.createTopics(List.of(new NewTopic(Topics.DEAD_LETTERS, 1, (short) 1)
				.configs(Map.of(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, "1")))).all().get();
		}
		try (var other = new Launcher(folder.resolve("other.log"), "--no-page", "--kafka", kafka.bootstrapServers())
			.start(); var writer = new TopicWriter(kafka, Topics.ORDERS)) {
			other.awaitLine("Kafka (");
			writer.write(writer.record(null, "no JSON".getBytes(StandardCharsets.UTF_8)));
			assertThat(other.awaitLine("no order has been delivered"))
				.matches(".*: the consumer does not take the record "
						+ "at offset \\d+ of partition 0 of sample, which is redelivered again and again");
		}
	}

	private static List<JsonNode> services() throws Exception {
		return StreamSupport.stream(launcher.state().path("services").spliterator(), false).toList();
	}

	private static JsonNode service(String id) {
		try {
			return services().stream()
				.filter((service) -> service.path("id").asText().equals(id))
				.findFirst()
				.orElseThrow();
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static long received() throws Exception {
		return launcher.state().at("/counters/received").asLong();
	}

	private static void signal(String signal, String pid) {
		ShortCommand.run(Duration.ofSeconds(10), ChildEnvironment.local(), "/bin/sh", "-c",
				"kill -" + signal + " " + pid);
	}

}
