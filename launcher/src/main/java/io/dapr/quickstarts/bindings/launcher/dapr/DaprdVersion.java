package io.dapr.quickstarts.bindings.launcher.dapr;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

import io.dapr.quickstarts.bindings.launcher.process.ChildEnvironment;
import io.dapr.quickstarts.bindings.launcher.process.ShortCommand;

/**
 * The version that a daprd tells.
 *
 * @param text as it tells it, such as 1.18.1
 * @param minor its second number; the first is 1
 */
record DaprdVersion(String text, int minor) {

	/** The oldest version whose Kafka binding has all settings of the component files. */
	static final int OLDEST_MINOR = 18;

	private static final Duration LIMIT = Duration.ofSeconds(20);

	private static final Pattern VERSION = Pattern.compile("v?1\\.(\\d{1,4})\\.\\d+\\S*");

	/**
	 * Asks a program.
	 * @param program the path of what may be a daprd
	 * @return its version, empty if it tells none of Dapr 1
	 */
	static Optional<DaprdVersion> of(Path program) {
		return ShortCommand.run(LIMIT, ChildEnvironment.local(), program.toString(), "--version")
			.filter((result) -> result.exitCode() == 0)
			.map((result) -> VERSION.matcher(result.output().strip()))
			.filter((version) -> version.matches())
			.map((version) -> new DaprdVersion(version.group(), Integer.parseInt(version.group(1))));
	}

	boolean isTooOld() {
		return this.minor < OLDEST_MINOR;
	}

}
