package io.dapr.quickstarts.bindings.benchmark;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;

import com.sun.management.OperatingSystemMXBean;
import io.dapr.quickstarts.bindings.launcher.Apps;
import io.dapr.quickstarts.bindings.launcher.Project;
import io.dapr.quickstarts.bindings.launcher.process.ChildEnvironment;
import io.dapr.quickstarts.bindings.launcher.process.InvalidSettingException;
import io.dapr.quickstarts.bindings.launcher.process.ShortCommand;
import io.dapr.quickstarts.bindings.launcher.process.Wait;
import org.apache.kafka.common.utils.AppInfoParser;

/** The machine and the versions that a figure depends on. */
final class Machine {

	/** Above it, in cores, other programs would distort the figures. */
	private static final double IDLE_LOAD = 0.5;

	/** Long enough for the mean of the last minute to fall after a build. */
	private static final Duration IDLE_LIMIT = Duration.ofSeconds(100);

	private static final Pattern CPU = Pattern.compile("(?m)^model name\\s*:\\s*(.+)$");

	private static final Duration LIMIT = Duration.ofSeconds(10);

	private static final OperatingSystemMXBean SYSTEM = (OperatingSystemMXBean) ManagementFactory
		.getOperatingSystemMXBean();

	private Machine() {
	}

	/** How many processes wanted a core, as the mean of the last minute. */
	private static double load() {
		return SYSTEM.getSystemLoadAverage();
	}

	/**
	 * Waits until other programs leave the machine alone; so a build may have just ended.
	 * @param progress is told that this takes a while
	 * @throws InvalidSettingException if they do not
	 */
	static void awaitIdle(Consumer<String> progress) {
		if (load() > IDLE_LOAD) {
			progress.accept("waiting for an idle machine: the load is %.1f cores".formatted(load()));
		}
		try {
			Wait.until("the machine is idle", IDLE_LIMIT, () -> load() <= IDLE_LOAD);
		}
		catch (IllegalStateException ex) {
			throw new InvalidSettingException("""
					the load of this machine is %.1f cores; figures for --output need %.1f or less: \
					end what else runs, or leave --output out""".formatted(load(), IDLE_LOAD));
		}
	}

	/**
	 * Describes this machine and the versions of what is measured.
	 * @param project the checkout with the jars of the apps
	 * @param daprd the program of the sidecar
	 * @return the facts by name, in the order in which to show them
	 */
	static Map<String, String> describe(Project project, Path daprd) {
		var facts = new LinkedHashMap<String, String>();
		facts.put("Machine", "%d cores (%s), %.1f GiB of memory, %s %s".formatted(SYSTEM.getAvailableProcessors(),
				cpu(), SYSTEM.getTotalMemorySize() / Math.pow(1024, 3), SYSTEM.getName(), SYSTEM.getVersion()));
		facts.put("Load before the run", "%.1f cores (mean of the last minute)".formatted(load()));
		facts.put("Commit", version("git", "-C", project.home().toString(), "describe", "--always", "--dirty"));
		facts.put("JDK", System.getProperty("java.vendor") + " " + System.getProperty("java.runtime.version"));
		facts.put("Spring Boot", library(project, "spring-boot"));
		facts.put("Dapr SDK", library(project, "dapr-sdk"));
		facts.put("daprd", version(daprd.toString(), "--version"));
		facts.put("Kafka", AppInfoParser.getVersion());
		facts.put("Node", version("node", "--version"));
		facts.put("Python", version("python3", "--version"));
		return facts;
	}

	private static String cpu() {
		try {
			var model = CPU.matcher(Files.readString(Path.of("/proc/cpuinfo")));
			return model.find() ? model.group(1) : SYSTEM.getArch();
		}
		catch (IOException ex) {
			return SYSTEM.getArch();
		}
	}

	/** Reads a library's version off its file name beside the consumer's jar. */
	private static String library(Project project, String name) {
		var file = Pattern.compile(Pattern.quote(name) + "-(\\d.*)\\.jar");
		try (var files = Files.list(project.jar(Apps.CONSUMER).resolveSibling("lib"))) {
			return files.map((jar) -> file.matcher(jar.getFileName().toString()))
				.filter((matcher) -> matcher.matches())
				.map((matcher) -> matcher.group(1))
				.findFirst()
				.orElse("not found");
		}
		catch (IOException ex) {
			return "not found";
		}
	}

	private static String version(String... command) {
		return ShortCommand.run(LIMIT, ChildEnvironment.local(), command)
			.filter((result) -> result.exitCode() == 0)
			.map(ShortCommand.Result::output)
			.orElse("not installed");
	}

}
