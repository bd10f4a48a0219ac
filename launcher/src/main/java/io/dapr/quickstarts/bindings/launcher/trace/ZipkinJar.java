package io.dapr.quickstarts.bindings.launcher.trace;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import io.dapr.quickstarts.bindings.launcher.process.ChildEnvironment;
import io.dapr.quickstarts.bindings.launcher.process.ManagedProcess;

/**
 * Zipkin's executable jar, which Maven fetches when it is first wanted: it has 135 MB.
 */
final class ZipkinJar {

	private static final Duration LIMIT = Duration.ofMinutes(10);

	/** A proxy or a mirror of the user's may be set in any of them. */
	private static final String[] MAVEN_VARIABLES = { "JAVA_HOME", "JAVA_TOOL_OPTIONS", "MAVEN_OPTS", "MAVEN_ARGS",
			"MAVEN_USER_HOME", "MVNW_REPOURL", "MVNW_USERNAME", "MVNW_PASSWORD" };

	private ZipkinJar() {
	}

	static Path path(Path home) {
		return home.resolve("launcher").resolve("target").resolve("zipkin").resolve("zipkin-server.jar");
	}

	/**
	 * Fetches the jar unless it is there.
	 * @param home the folder of the checkout
	 * @param log where Maven's output goes
	 * @throws IllegalStateException if it can't be fetched
	 */
	static void get(Path home, Path log) {
		if (Files.isRegularFile(path(home))) {
			return;
		}
		// The version is in launcher/pom.xml.
		var maven = new ManagedProcess(
				"the download of Zipkin", List.of(home.resolve("mvnw").toString(), "-B", "-f",
						home.resolve("launcher/pom.xml").toString(), "dependency:copy@zipkin"),
				ChildEnvironment.network(MAVEN_VARIABLES), log, (line) -> {
				});
		maven.start();
		var hasEnded = maven.awaitExit(LIMIT);
		maven.kill();
		if (!hasEnded || !Files.isRegularFile(path(home))) {
			throw new IllegalStateException(
					"Zipkin could not be fetched with %s/mvnw; what Maven said is in %s".formatted(home, log));
		}
	}

}
