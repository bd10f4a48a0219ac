package io.dapr.quickstarts.bindings.launcher.trace;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.dapr.quickstarts.bindings.launcher.process.ChildEnvironment;
import io.dapr.quickstarts.bindings.launcher.process.ManagedProcess;
import org.apache.commons.io.file.PathUtils;

/**
 * Zipkin and the OpenTelemetry Java agent, which Maven fetches when they are first
 * wanted: they have 160 MB.
 *
 * @param home the folder of the checkout
 */
public record TraceJars(Path home) {

	private static final Duration LIMIT = Duration.ofMinutes(10);

	/** A proxy or a mirror of the user's may be set in any of them. */
	private static final String[] MAVEN_VARIABLES = { "JAVA_HOME", "JAVA_TOOL_OPTIONS", "MAVEN_OPTS", "MAVEN_ARGS",
			"MAVEN_USER_HOME", "MVNW_REPOURL", "MVNW_USERNAME", "MVNW_PASSWORD" };

	Path zipkin() {
		return folder().resolve("zipkin-server.jar");
	}

	public Path agent() {
		return folder().resolve("opentelemetry-javaagent.jar");
	}

	private Path folder() {
		return this.home.resolve("launcher").resolve("target").resolve("traces");
	}

	/**
	 * Fetches the jars unless they are there.
	 * @param log where Maven's output goes
	 * @throws IllegalStateException if they can't be fetched
	 */
	public void fetch(Path log) {
		if (areThere()) {
			return;
		}
		var target = this.home.resolve("launcher").resolve("target");
		// Of several runs at once one fetches.
		try (var file = FileChannel.open(target.resolve("traces.lock"), StandardOpenOption.CREATE,
				StandardOpenOption.WRITE)) {
			file.lock();
			if (!areThere()) {
				runMaven(log);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void runMaven(Path log) throws IOException {
		if (Files.exists(folder())) {
			PathUtils.deleteDirectory(folder());
		}
		// The versions are in pom.xml.
		var command = new ArrayList<>(List.of("sh", this.home.resolve("mvnw").toString(), "-B", "-f",
				this.home.resolve("launcher/pom.xml").toString(), "dependency:copy@traces"));
		var environment = ChildEnvironment.network(MAVEN_VARIABLES);
		// Where launcher/build.sh had to keep Maven and its downloads.
		var own = this.home.resolve("launcher/target/home/.m2");
		if (Files.exists(own.resolve("repository"))) {
			command.add("-Dmaven.repo.local=" + own.resolve("repository"));
		}
		if (Files.exists(own.resolve("wrapper"))) {
			environment = environment.with(Map.of("MAVEN_USER_HOME", own.toString()));
		}
		var maven = new ManagedProcess("the download for traces", command, environment, log, (line) -> {
		});
		maven.start();
		var hasEnded = maven.awaitExit(LIMIT);
		maven.kill();
		if (!hasEnded || !Files.exists(zipkin()) || !Files.exists(agent())) {
			throw new IllegalStateException(
					"Zipkin and the OpenTelemetry agent could not be fetched with %s/mvnw; what Maven said is in %s"
						.formatted(this.home, log));
		}
		Files.createFile(stamp());
	}

	/** When they were fetched, so that it shows which versions they are. */
	private Path stamp() {
		return folder().resolve("fetched");
	}

	private boolean areThere() {
		try {
			return Files.exists(stamp()) && Files.getLastModifiedTime(stamp())
				.compareTo(Files.getLastModifiedTime(this.home.resolve("pom.xml"))) >= 0;
		}
		catch (IOException ex) {
			return false;
		}
	}

}
