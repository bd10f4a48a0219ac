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
import io.dapr.quickstarts.bindings.launcher.process.ChildEnvironment;
import io.dapr.quickstarts.bindings.launcher.process.ManagedProcess;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The one command on other people's machines: with their variables, in their folders,
 * with the programs that they have. Each run is of a copy of the built checkout.
 */
@Execution(ExecutionMode.SAME_THREAD)
class EnvironmentIT {

	/** A build may be part of it. */
	private static final Duration LIMIT = Duration.ofMinutes(6);

	private static final String RUN = "./quickstart --orders 3 --interval-ms 0 --no-page";

	private static final String ARRIVED = "quickstart | all 3 orders arrived, each once and in order";

	private static Path checkout;

	@BeforeAll
	static void copyTheCheckout() throws IOException {
		checkout = TestKafka.temporaryFolder("copy-").resolve("checkout");
		var home = Project.current().home();
		for (var name : List.of("quickstart", "mvnw", "pom.xml", ".mvn", "components", "config", "daprd",
				"consumer-app", "producer-app", "launcher", "benchmark/pom.xml",
				"benchmark/spring-kafka-listener/pom.xml", "end-to-end-tests/pom.xml")) {
			var from = home.resolve(name).toFile();
			var to = checkout.resolve(name).toFile();
			if (from.isDirectory()) {
				FileUtils.copyDirectory(from, to);
			}
			else {
				FileUtils.copyFile(from, to);
				assertThat(to.setExecutable(from.canExecute())).isTrue();
			}
		}
	}

	/** Each run has another folder, another language and variables of other programs. */
	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					wow!       | JAVA_TOOL_OPTIONS='-Duser.language=ar -Duser.country=EG' HOME=/
					a b        | JAVA_TOOL_OPTIONS=-Duser.language=fa LANG=C LC_ALL=C
					(x86)      | JAVA_TOOL_OPTIONS='-Duser.language=bn -XX:+UseG1GC' env -u HOME
					'#'        | JAVA_TOOL_OPTIONS='-Duser.language=mr -XX:+UseParallelGC' CDPATH=/ POSIXLY_CORRECT=1
					%20        | JAVA_TOOL_OPTIONS=-Duser.language=ne GODEBUG=netdns=go CLASSPATH=/nowhere
					größe 訂單 | LANG=C SERVER_PORT=8085 SERVER_SERVLET_CONTEXT_PATH=/x MANAGEMENT_SERVER_PORT=1 SPRING_PROFILES_ACTIVE=x
					x          | DAPR_GRPC_ENDPOINT=http://127.0.0.1:9 DAPR_HTTP_ENDPOINT=http://127.0.0.1:9 DAPR_API_TOKEN=x APP_API_TOKEN=y
					y          | LOGGING_PATTERN_CONSOLE='%m [%t]%n' LOGGING_LEVEL_ROOT=debug KAFKA_HEAP_OPTS=-Xmx1m
					""")
	void inAnyFolderAndLanguageWithVariablesThatAreMeantForOthers(String folder, String variables) throws IOException {
		var before = checkout;
		checkout = Files.move(before, before.resolveSibling(folder));
		try {
			assertArrived(variables + " " + RUN);
		}
		finally {
			checkout = Files.move(checkout, before);
		}
	}

	/** Loopback is all that there is. */
	@Test
	@EnabledOnOs(OS.LINUX)
	void withoutANetwork() {
		assertArrived("unshare " + ("root".equals(System.getProperty("user.name")) ? "-n" : "-rn")
				+ " sh -c 'ip link set lo up 2>/dev/null; " + RUN + "'");
	}

	@Test
	void aBuildThatWasCutOffIsDoneAgainByOneOfTwoRuns() throws IOException {
		FileUtils.deleteDirectory(checkout.resolve("launcher/target/lib").toFile());
		var run = run("(" + RUN + " & " + RUN + " & wait)");
		assertThat(run.lines()).filteredOn(ARRIVED::equals).hasSize(2);
	}

	@ParameterizedTest
	@ValueSource(strings = { "JAVA_TOOL_OPTIONS=-XX:+NoSuchFlag", "JAVA_HOME=$PWD/placeholder", "JAVA_HOME=/nowhere",
			"DAPRD=/bin/true", "DAPRD=/nowhere", "TMPDIR=/nowhere" })
	void whatCannotWorkIsSaidInOneLine(String variable) throws IOException {
		var bin = Files.createDirectories(checkout.resolve("placeholder/bin"));
		for (var name : List.of("java", "javac")) {
			var program = Files.writeString(bin.resolve(name),
					"#!/bin/sh\necho 'The operation could not be completed. Unable to locate a Java Runtime.'\nexit 1\n");
			assertThat(program.toFile().setExecutable(true)).isTrue();
		}
		var run = run(variable + " " + RUN);
		assertThat(run.lines()).filteredOn((line) -> line.startsWith("quickstart: ")).hasSize(1);
		assertThat(run.lines()).filteredOn((line) -> line.startsWith("\tat ")).isEmpty();
		assertThat(run.exitCode()).isEqualTo(2);
	}

	@Test
	void endsSoonAfterItsReaderHasGone() {
		var run = run("./quickstart --interval-ms 100 --no-page | head -8");
		assertThat(run.lines()).filteredOn((line) -> !line.startsWith("quickstart: ")).hasSize(8);
	}

	private static void assertArrived(String command) {
		var run = run(command);
		assertThat(run.lines()).contains(ARRIVED);
		assertThat(run.exitCode()).isZero();
	}

	private static Run run(String command) {
		var lines = new CopyOnWriteArrayList<String>();
		var shell = new ManagedProcess("a shell", List.of("bash", "-c", command), environment(),
				TestKafka.temporaryFolder("shell-").resolve("shell.log"), lines::add)
			.in(checkout);
		shell.start();
		try {
			assertThat(shell.awaitExit(LIMIT)).as(command + " has ended").isTrue();
			return new Run(lines, shell.exitCode());
		}
		finally {
			descendants(shell).forEach(ProcessHandle::destroy);
			shell.kill();
		}
	}

	/** The sidecar is named, since it would be built anew for each other home folder. */
	private static ChildEnvironment environment() {
		return ChildEnvironment.all().with(Map.of("DAPRD", DaprdFirst.find().toString()));
	}

	private static List<ProcessHandle> descendants(ManagedProcess process) {
		var all = new ArrayList<ProcessHandle>();
		process.pid().ifPresent((pid) -> {
			try (Stream<ProcessHandle> found = ProcessHandle.of(pid).stream().flatMap(ProcessHandle::descendants)) {
				found.forEach(all::add);
			}
		});
		return all;
	}

	private record Run(List<String> lines, int exitCode) {

	}

}
