package io.dapr.quickstarts.bindings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

import io.dapr.quickstarts.bindings.launcher.Project;
import io.dapr.quickstarts.bindings.launcher.process.ChildEnvironment;
import io.dapr.quickstarts.bindings.launcher.process.ManagedProcess;
import org.apache.commons.io.FileUtils;

import static org.assertj.core.api.Assertions.assertThat;

/** A copy of the built checkout, in which shell commands run as a user's would. */
final class CheckoutCopy {

	/** The one command; what it does takes seconds. */
	static final String RUN = "./quickstart --orders 3 --interval-ms 0 --no-page";

	static final String ARRIVED = "quickstart | all 3 orders arrived, each once and in order";

	/** A build may be part of it. */
	private static final Duration LIMIT = Duration.ofMinutes(6);

	private Path folder;

	private CheckoutCopy(Path folder) {
		this.folder = folder;
	}

	static CheckoutCopy create() throws IOException {
		var folder = TestKafka.temporaryFolder("copy-").resolve("checkout");
		var home = Project.current().home();
		for (var name : List.of("quickstart", "mvnw", "pom.xml", ".mvn", "components", "config", "daprd",
				"consumer-app", "producer-app", "launcher", "benchmark/pom.xml",
				"benchmark/spring-kafka-listener/pom.xml", "end-to-end-tests/pom.xml")) {
			var from = home.resolve(name).toFile();
			var to = folder.resolve(name).toFile();
			if (from.isDirectory()) {
				FileUtils.copyDirectory(from, to);
			}
			else {
				FileUtils.copyFile(from, to);
				assertThat(to.setExecutable(from.canExecute())).isTrue();
			}
		}
		return new CheckoutCopy(folder);
	}

	/** Deletes the copy. What the commands printed stays. */
	void delete() throws IOException {
		FileUtils.deleteDirectory(this.folder.toFile());
	}

	Path folder() {
		return this.folder;
	}

	void rename(String name) throws IOException {
		this.folder = Files.move(this.folder, this.folder.resolveSibling(name));
	}

	/** Puts a shell script into the folder. */
	void script(String path, String text) throws IOException {
		var file = this.folder.resolve(path);
		Files.createDirectories(file.getParent());
		assertThat(Files.writeString(file, "#!/bin/sh\n" + text).toFile().setExecutable(true)).isTrue();
	}

	void assertArrived(String command) {
		var run = run(command);
		assertThat(run.lines()).contains(ARRIVED);
		assertThat(run.lines()).filteredOn(Run::isOfAStackTrace).isEmpty();
		assertThat(run.exitCode()).isZero();
	}

	/** The command is expected to fail and to say why in one line. */
	String explanation(String command, int exitCode) {
		var run = run(command);
		assertThat(run.lines()).filteredOn((line) -> line.startsWith("quickstart: ")).hasSize(1);
		assertThat(run.lines()).filteredOn(Run::isOfAStackTrace).isEmpty();
		assertThat(run.exitCode()).isEqualTo(exitCode);
		return run.lines().stream().filter((line) -> line.startsWith("quickstart: ")).findFirst().orElseThrow();
	}

	Run run(String command) {
		var lines = new CopyOnWriteArrayList<String>();
		var shell = new ManagedProcess("a shell", List.of("bash", "-c", command), environment(),
				TestKafka.temporaryFolder("shell-").resolve("shell.log"), lines::add)
			.in(this.folder);
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
		return Commands.userEnvironment().with(Map.of("DAPRD", Preparation.find().toString()));
	}

	private static List<ProcessHandle> descendants(ManagedProcess process) {
		try (Stream<ProcessHandle> found = process.pid()
			.stream()
			.boxed()
			.flatMap((pid) -> ProcessHandle.of(pid).stream())
			.flatMap(ProcessHandle::descendants)) {
			return found.toList();
		}
	}

	/**
	 * What a command did.
	 *
	 * @param lines what it printed, both streams
	 * @param exitCode 0 for success
	 */
	record Run(List<String> lines, int exitCode) {

		static boolean isOfAStackTrace(String line) {
			return line.matches("(.* \\| )?\tat .*");
		}

	}

}
