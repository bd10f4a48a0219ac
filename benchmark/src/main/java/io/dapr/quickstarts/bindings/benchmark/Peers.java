package io.dapr.quickstarts.bindings.benchmark;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import io.dapr.quickstarts.bindings.benchmark.SystemUnderTest.Role;
import io.dapr.quickstarts.bindings.launcher.process.ChildEnvironment;
import io.dapr.quickstarts.bindings.launcher.process.ShortCommand;

/**
 * The programs that the apps are compared with, as far as this machine can run them:
 * spring-kafka without Dapr, and those of the folder benchmark/peers.
 */
final class Peers {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	private final Path home;

	private final Packages packages;

	private final List<String> notes;

	/**
	 * Prepares the search.
	 * @param testBed knows the checkout
	 * @param notes takes what is left out and why
	 */
	Peers(TestBed testBed, List<String> notes) {
		this.home = testBed.project().home().resolve("benchmark");
		this.packages = new Packages(Packages.userCache(), testBed::say);
		this.notes = notes;
	}

	/** Finds all that can be measured. */
	List<SystemUnderTest> find() {
		var node = executable("node", "-p", "process.execPath");
		var python = executable("python3", "-c", "import sys; print(sys.executable)");
		return Stream
			.of(Optional.of(springKafka()), node.map((program) -> consumer("Node consumer", program, "node", Map.of())),
					node.flatMap(this::express),
					python.map((program) -> producer("Python producer", program, "python", Map.of())),
					python.flatMap(this::requests))
			.flatMap(Optional::stream)
			.toList();
	}

	/** The program itself: what is on the path may be a script that looks for it. */
	private Optional<String> executable(String language, String... printPath) {
		var program = ShortCommand.run(LIMIT, ChildEnvironment.local(), language, printPath[0], printPath[1])
			.filter((result) -> result.exitCode() == 0)
			.map((result) -> result.output().strip());
		if (program.isEmpty()) {
			this.notes.add("left out, since %s is not installed: what is written for it".formatted(language));
		}
		return program;
	}

	private SystemUnderTest springKafka() {
		var jar = this.home.resolve("spring-kafka-listener/target/spring-kafka-listener.jar");
		return SystemUnderTest.java("spring-kafka without Dapr", Role.KAFKA_CONSUMER, this.home, "-jar",
				jar.toString());
	}

	private Optional<SystemUnderTest> express(String node) {
		var manifest = this.home.resolve("peers/express/package.json");
		var installed = this.packages.install("express", manifest, (folder) -> new String[] { "npm", "install",
				"--prefix", folder.toString(), "--no-package-lock", "--ignore-scripts" });
		return measured("Express consumer", "npm", installed).map((folder) -> consumer("Express consumer", node,
				"express", Map.of("NODE_PATH", folder.resolve("node_modules").toString())));
	}

	private Optional<SystemUnderTest> requests(String python) {
		var manifest = this.home.resolve("peers/requests/requirements.txt");
		var installed = this.packages.install("requests", manifest, (folder) -> new String[] { python, "-m", "pip",
				"install", "--quiet", "--target", folder.toString(), "--requirement", manifest.toString() });
		return measured("requests producer", "pip", installed).map(
				(folder) -> producer("requests producer", python, "requests", Map.of("PYTHONPATH", folder.toString())));
	}

	private Optional<Path> measured(String peer, String installer, Optional<Path> installed) {
		if (installed.isEmpty()) {
			this.notes.add(
					"left out: %s, since %s is not there or could not install its packages".formatted(peer, installer));
		}
		return installed;
	}

	private SystemUnderTest consumer(String name, String node, String folder, Map<String, String> environment) {
		return new SystemUnderTest(name, Role.CONSUMER, this.home.resolve("peers").resolve(folder),
				List.of(node, "consumer.cjs"), environment);
	}

	private SystemUnderTest producer(String name, String python, String folder, Map<String, String> environment) {
		return new SystemUnderTest(name, Role.PRODUCER, this.home.resolve("peers").resolve(folder),
				List.of(python, "producer.py"), environment);
	}

}
