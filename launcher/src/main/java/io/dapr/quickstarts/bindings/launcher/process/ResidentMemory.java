package io.dapr.quickstarts.bindings.launcher.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** How much memory a process has in RAM. */
public final class ResidentMemory {

	private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");

	private static final Pattern NUMBER = Pattern.compile("(\\d+)");

	private static final Duration PS_LIMIT = Duration.ofSeconds(2);

	private ResidentMemory() {
	}

	/**
	 * Asks the system.
	 * @param pid the process id
	 * @return the memory in bytes, empty if the system does not tell
	 */
	public static OptionalLong of(long pid) {
		try {
			var status = Path.of("/proc", Long.toString(pid), "status");
			return Files.exists(Path.of("/proc/self")) ? number(RESIDENT, Files.readString(status))
					: number(NUMBER, ps(pid));
		}
		catch (IOException ex) {
			return OptionalLong.empty();
		}
	}

	/** Where there is no /proc, as on macOS. */
	private static String ps(long pid) {
		return ShortCommand.run(PS_LIMIT, ChildEnvironment.local(), "ps", "-o", "rss=", "-p", Long.toString(pid))
			.map(ShortCommand.Result::output)
			.orElse("");
	}

	/** Both sources count in units of 1,024 bytes. */
	private static OptionalLong number(Pattern pattern, String text) {
		var number = pattern.matcher(text);
		return number.find() ? OptionalLong.of(1024 * Long.parseLong(number.group(1))) : OptionalLong.empty();
	}

}
