package io.dapr.quickstarts.bindings.benchmark;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import io.dapr.quickstarts.bindings.benchmark.SystemUnderTest.Role;
import io.dapr.quickstarts.bindings.launcher.process.ChildEnvironment;
import io.dapr.quickstarts.bindings.launcher.process.ShortCommand;
import io.dapr.quickstarts.bindings.launcher.process.UserFolders;

/**
 * The programs that the apps are compared with, as far as this machine can run them:
 * spring-kafka without Dapr, and those of the folder benchmark/peers.
 */
final class Peers {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	private final List<SystemUnderTest> found = new ArrayList<>();

	private final List<String> notes;

	private final Path module;

	private final Packages packages;

	/**
	 * Prepares the search.
	 * @param testBed knows the checkout
	 * @param notes takes what is left out and why
	 */
	Peers(TestBed testBed, List<String> notes) {
		this.notes = notes;
		this.module = testBed.project().home().resolve("benchmark");
		var cache = UserFolders.cache(System.getenv(), Path.of(System.getProperty("user.home")));
		this.packages = new Packages(cache.resolve("benchmark"), testBed::say);
	}

	/** Finds all that can be measured. */
	List<SystemUnderTest> find() {
		add("spring-kafka without Dapr", this::springKafka);
		add("Node consumer", (name) -> script(name, Role.CONSUMER, node(), "node/consumer.cjs", Map.of()));
		add("Express consumer", this::express);
		add("Python producer", (name) -> script(name, Role.PRODUCER, python(), "python/producer.py", Map.of()));
		add("requests producer", this::requests);
		return List.copyOf(this.found);
	}

	private void add(String name, Function<String, SystemUnderTest> peer) {
		try {
			this.found.add(peer.apply(name));
		}
		catch (IllegalStateException ex) {
			this.notes.add("%s was left out: %s".formatted(name, ex.getMessage()));
		}
	}

	private SystemUnderTest springKafka(String name) {
		var jar = this.module.resolve("spring-kafka-listener/target/spring-kafka-listener.jar");
		if (!Files.isRegularFile(jar)) {
			throw new IllegalStateException(jar + " is missing; build it with ./mvnw package -DskipTests");
		}
		return SystemUnderTest.java(name, Role.KAFKA_CONSUMER, this.module, "-jar", jar.toString());
	}

	private SystemUnderTest express(String name) {
		var folder = this.packages.install("express", this.module.resolve("peers/express/package.json"),
				(target) -> new String[] { "npm", "install", "--prefix", target, "--no-package-lock",
						"--ignore-scripts" });
		return script(name, Role.CONSUMER, node(), "express/consumer.cjs",
				Map.of("NODE_PATH", folder.resolve("node_modules").toString()));
	}

	private SystemUnderTest requests(String name) {
		var python = python();
		var manifest = this.module.resolve("peers/requests/requirements.txt");
		var folder = this.packages.install("requests", manifest, (target) -> new String[] { python, "-m", "pip",
				"install", "--quiet", "--target", target, "--requirement", manifest.toString() });
		return script(name, Role.PRODUCER, python, "requests/producer.py", Map.of("PYTHONPATH", folder.toString()));
	}

	private SystemUnderTest script(String name, Role role, String interpreter, String file,
			Map<String, String> environment) {
		var script = this.module.resolve("peers").resolve(file).toString();
		return new SystemUnderTest(name, role, this.module, List.of(interpreter, script), environment);
	}

	private static String node() {
		return executable("node", "-p", "process.execPath");
	}

	private static String python() {
		return executable("python3", "-c", "import sys; print(sys.executable)");
	}

	/** The program itself: what is on the path may be a script that looks for it. */
	private static String executable(String language, String option, String printPath) {
		return ShortCommand.run(LIMIT, ChildEnvironment.local(), language, option, printPath)
			.filter((result) -> result.exitCode() == 0)
			.map((result) -> result.output().strip())
			.orElseThrow(() -> new IllegalStateException(language + " is not installed"));
	}

}
