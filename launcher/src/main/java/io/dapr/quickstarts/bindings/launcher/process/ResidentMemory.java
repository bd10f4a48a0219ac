package io.dapr.quickstarts.bindings.launcher.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** How much memory a process has in RAM. */
public final class ResidentMemory {

	private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");

	private static final Pattern NUMBER = Pattern.compile("(\\d+)");

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
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return OptionalLong.empty();
		}
	}

	/** Where there is no /proc, as on macOS. */
	private static String ps(long pid) throws IOException, InterruptedException {
		var ps = new ProcessBuilder("ps", "-o", "rss=", "-p", Long.toString(pid)).redirectErrorStream(true).start();
		if (!ps.waitFor(2, TimeUnit.SECONDS)) {
			ps.destroyForcibly();
			return "";
		}
		return new String(ps.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
	}

	/** Both sources count in units of 1,024 bytes. */
	private static OptionalLong number(Pattern pattern, String text) {
		var number = pattern.matcher(text);
		return number.find() ? OptionalLong.of(1024 * Long.parseLong(number.group(1))) : OptionalLong.empty();
	}

}
