package io.dapr.quickstarts.bindings;

import java.time.Duration;

import io.dapr.quickstarts.bindings.launcher.process.ChildEnvironment;
import io.dapr.quickstarts.bindings.launcher.process.ShortCommand;

/** Small programs of the operating system. */
final class Commands {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	private Commands() {
	}

	/**
	 * The environment of a user's shell, but for the variables by which each JVM prints a
	 * line of its own.
	 */
	static ChildEnvironment userEnvironment() {
		return ChildEnvironment.all().without("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");
	}

	/** Runs a command to its end; one that does not exist does not succeed either. */
	static boolean succeeds(String... command) {
		return ShortCommand.run(LIMIT, ChildEnvironment.all(), command)
			.filter((result) -> result.exitCode() == 0)
			.isPresent();
	}

}
