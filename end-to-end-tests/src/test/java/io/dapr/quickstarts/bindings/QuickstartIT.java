package io.dapr.quickstarts.bindings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

import io.dapr.quickstarts.bindings.launcher.Project;
import io.dapr.quickstarts.bindings.launcher.process.FreePorts;
import io.dapr.quickstarts.bindings.launcher.process.ManagedProcess;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The one command, as a user runs it. */
class QuickstartIT {

	/**
	 * Whoever runs the tests in the background has Ctrl-C ignored, and the script would
	 * inherit that, unless the program env can undo it.
	 */
	private static final List<String> DEFAULT_SIGNALS = Commands.succeeds("env", "--default-signal=INT", "true")
			? List.of("env", "--default-signal=INT") : List.of();

	private static final Duration LIMIT = Duration.ofSeconds(120);

	private final List<String> lines = new CopyOnWriteArrayList<>();

	private ManagedProcess quickstart;

	@AfterEach
	void kill() {
		this.quickstart.stop(Duration.ofSeconds(40));
	}

	@Test
	void sendsAsManyOrdersAsAskedFor() {
		run(Map.of(), "--orders", "10", "--interval-ms", "50");
		assertThat(this.lines).contains("producer | {\"data\":{\"orderId\":10},\"operation\":\"create\"}",
				"producer | Response for order 10: OK", "quickstart | all 10 orders arrived, each once and in order");
		assertThat(this.lines).anyMatch((line) -> line.matches("consumer \\| .* \\{ orderId: 10 }"));
		assertThat(this.quickstart.exitCode()).isZero();
	}

	@Test
	void ordersOfAnEarlierRunDoNotCount() {
		var kafka = TestKafka.embeddedBroker();
		kafka.start();
		try {
			run(Map.of(), "--orders", "5", "--interval-ms", "0", "--kafka", kafka.bootstrapServers());
			assertThat(this.quickstart.exitCode()).isZero();
			try (var writer = new TopicWriter(kafka, "sample")) {
				writer.write(writer.order(3));
				writer.write(writer.order(999));
			}
			run(Map.of(), "--orders", "5", "--interval-ms", "0", "--kafka", kafka.bootstrapServers());
			assertThat(this.lines).contains("quickstart | 2 orders of an earlier run come first",
					"quickstart | all 5 orders arrived, each once and in order");
			assertThat(this.quickstart.exitCode()).isZero();
		}
		finally {
			kafka.stop();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "quickstart | logs are in ", "Response for order 2: OK" })
	void ctrlCStopsAll(String when) {
		start(Map.of(), "--interval-ms", "100");
		awaitLine(when);
		var parts = parts();
		assertThat(Commands.succeeds("kill", "-INT", Long.toString(this.quickstart.pid().getAsLong()))).isTrue();
		assertThat(this.quickstart.awaitExit(Duration.ofSeconds(40))).isTrue();
		assertThat(this.quickstart.exitCode()).isEqualTo(130);
		assertNoneLeft(parts);
	}

	@Test
	void nothingOutlivesAKilledLauncher() {
		start(Map.of(), "--interval-ms", "100");
		awaitLine("Response for order 2: OK");
		var parts = parts();
		parts.stream()
			.filter((part) -> part.info().commandLine().orElse("").contains("launcher.jar"))
			.findFirst()
			.orElseThrow()
			.destroyForcibly();
		assertThat(this.quickstart.awaitExit(Duration.ofSeconds(40))).isTrue();
		assertNoneLeft(parts);
	}

	@Test
	void nothingOutlivesAKilledScript() {
		start(Map.of(), "--interval-ms", "100");
		awaitLine("Response for order 2: OK");
		var parts = parts();
		this.quickstart.kill();
		assertNoneLeft(parts);
	}

	@Test
	void tellsWhichPartDied() {
		start(Map.of(), "--interval-ms", "100");
		awaitLine("Response for order 2: OK");
		var parts = parts();
		parts.stream()
			.filter((part) -> part.info().commandLine().orElse("").contains("--app-id producer-app"))
			.findFirst()
			.orElseThrow()
			.destroyForcibly();
		assertThat(this.quickstart.awaitExit(Duration.ofSeconds(40))).isTrue();
		assertThat(this.quickstart.exitCode()).isEqualTo(1);
		assertThat(this.lines).anyMatch((line) -> line
			.startsWith("quickstart: producer-app's sidecar ended by itself with exit code 137; the end of "));
		assertNoneLeft(parts);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					--order 5         | quickstart: Unknown options: '--order', '5' (see ./quickstart --help)
					--orders five     | quickstart: Invalid value for option '--orders': 'five' is no whole number from 0 to 1000000000 (see ./quickstart --help)
					--interval-ms -1  | quickstart: Invalid value for option '--interval-ms': '-1' is no whole number from 0 to 86400000 (see ./quickstart --help)
					--interval-ms 86400001 | quickstart: Invalid value for option '--interval-ms': '86400001' is no whole number from 0 to 86400000 (see ./quickstart --help)
					--kafka localhost | quickstart: --kafka is 'localhost'; expected embedded, container or HOST:PORT (see ./quickstart --help)
					--brokers 2       | quickstart: Invalid value for option '--brokers': '2' is neither 1 nor 3 (see ./quickstart --help)
					--brokers 3 --kafka localhost:9092 | quickstart: --brokers 3 needs embedded brokers, but --kafka is localhost:9092; leave one of both out (see ./quickstart --help)
					--kafka-config client.properties | quickstart: --kafka-config is for a broker that runs already; name it with --kafka HOST:PORT (see ./quickstart --help)
					--kafka localhost:9092 --kafka-config /nowhere/client.properties | quickstart: --kafka-config is /nowhere/client.properties, which cannot be read: it does not exist; expected a file with the settings of a Kafka client
					--components /nowhere | quickstart: The folder /nowhere with the component files cannot be read
					""")
	void aWrongOptionIsExplainedInOneLine(String options, String explanation) {
		run(Map.of(), options.split(" "));
		assertThat(this.lines).containsExactly(explanation);
		assertThat(this.quickstart.exitCode()).isEqualTo(2);
	}

	@Test
	void aBrokerThatDoesNotAnswerIsNamed() {
		var nobody = "localhost:" + FreePorts.any();
		run(Map.of(), "--kafka", nobody);
		assertThat(this.lines).containsExactly("quickstart: --kafka is " + nobody
				+ ", but no Kafka broker answers there; start one, or use --kafka embedded (see ./quickstart --help)");
		assertThat(this.quickstart.exitCode()).isEqualTo(2);
	}

	/** A path counts from the folder that the user is in. */
	@Test
	void aFolderWithOtherComponentsIsNamed() {
		run(Map.of(), "--components", "src");
		assertThat(this.lines).containsExactly("quickstart: --components is " + Path.of("src").toAbsolutePath()
				+ ", where no Kafka component names its topics;"
				+ " expected files such as those in components/ (see ./quickstart --help)");
		assertThat(this.quickstart.exitCode()).isEqualTo(2);
	}

	@Test
	void clientSettingsThatKafkaDoesNotTakeAreNamed() throws IOException {
		var file = Files.writeString(TestKafka.temporaryFolder("client-").resolve("client.properties"),
				"security.protocol=SSL\nssl.truststore.type=PEM\nssl.truststore.location=/nowhere/ca.pem\n");
		run(Map.of(), "--kafka", "localhost:9092", "--kafka-config", file.toString());
		assertThat(this.lines).singleElement()
			.asString()
			.startsWith("quickstart: no Kafka client can be made for localhost:9092 with " + file + ": ")
			.contains("/nowhere/ca.pem");
		assertThat(this.quickstart.exitCode()).isEqualTo(2);
	}

	@Test
	void helpTellsTheOptions() {
		run(Map.of(), "--help");
		assertThat(this.quickstart.exitCode()).isZero();
		assertThat(this.lines).anyMatch((line) -> line.contains("--orders=N"))
			.anyMatch((line) -> line.contains("--kafka=embedded|container|HOST:PORT"));
	}

	@Test
	void withoutAJdkItSaysSo() {
		run(Map.of("JAVA_HOME", "/nowhere"));
		assertThat(this.lines).containsExactly("quickstart: there is no JDK: /nowhere/bin/java was not found;"
				+ " install a JDK, 17 or newer, or set JAVA_HOME");
		assertThat(this.quickstart.exitCode()).isEqualTo(2);
	}

	@Test
	void anOldJdkIsNamed() throws IOException {
		var bin = Files.createDirectories(TestKafka.temporaryFolder("jdk-").resolve("bin"));
		for (var name : List.of("java", "javac")) {
			var program = Files.writeString(bin.resolve(name),
					"#!/bin/sh\necho '    java.specification.version = 11'\n");
			assertThat(program.toFile().setExecutable(true)).isTrue();
		}
		run(Map.of("JAVA_HOME", bin.getParent().toString()));
		assertThat(this.lines)
			.containsExactly("quickstart: Java 11 is too old; install a JDK, 17 or newer, or set JAVA_HOME");
		assertThat(this.quickstart.exitCode()).isEqualTo(2);
	}

	private void run(Map<String, String> environment, String... options) {
		start(environment, options);
		assertThat(this.quickstart.awaitExit(LIMIT)).isTrue();
		// The last lines have to be read.
		this.quickstart.kill();
	}

	private void start(Map<String, String> environment, String... options) {
		this.lines.clear();
		var command = new ArrayList<>(DEFAULT_SIGNALS);
		command.add(Project.current().home().resolve("quickstart").toString());
		command.addAll(List.of(options));
		this.quickstart = new ManagedProcess("quickstart", command, Commands.userEnvironment().with(environment), log(),
				this.lines::add);
		this.quickstart.start();
	}

	private static Path log() {
		return TestKafka.temporaryFolder("quickstart-").resolve("quickstart.log");
	}

	private void awaitLine(String end) {
		await(end).atMost(LIMIT).until(() -> this.lines.stream().anyMatch((line) -> line.contains(end)));
	}

	/** All processes that the script has started. */
	private List<ProcessHandle> parts() {
		try (Stream<ProcessHandle> parts = ProcessHandle.of(this.quickstart.pid().getAsLong())
			.orElseThrow()
			.descendants()) {
			return parts.toList();
		}
	}

	private static void assertNoneLeft(List<ProcessHandle> parts) {
		assertThat(parts).isNotEmpty();
		await("all parts have ended").atMost(Duration.ofSeconds(40))
			.until(() -> parts.stream().noneMatch(ProcessHandle::isAlive));
	}

}
