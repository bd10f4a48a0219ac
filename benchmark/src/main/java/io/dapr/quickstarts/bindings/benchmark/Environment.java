package io.dapr.quickstarts.bindings.benchmark;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.ZipFile;

import com.sun.management.OperatingSystemMXBean;
import io.dapr.quickstarts.bindings.launcher.Apps;
import io.dapr.quickstarts.bindings.launcher.Project;
import org.apache.kafka.common.utils.AppInfoParser;

/** The machine and the versions that a figure depends on. */
final class Environment {

	private static final Pattern CPU = Pattern.compile("(?m)^model name\\s*:\\s*(.+)$");

	private Environment() {
	}

	/**
	 * Describes this machine and what runs on it.
	 * @param project the checkout with the jars of the apps
	 * @param daprd the program of the sidecar
	 * @return the facts by name, in the order in which to show them
	 */
	static Map<String, String> describe(Project project, Path daprd) {
		var facts = new LinkedHashMap<String, String>();
		facts.put("Machine",
				"%d cores (%s), %.1f GiB of memory, %s %s".formatted(Runtime.getRuntime().availableProcessors(), cpu(),
						memory() / Math.pow(1024, 3), System.getProperty("os.name"), System.getProperty("os.version")));
		facts.put("Load before the run", "%.1f (processes that want a core, mean of the last minute)"
			.formatted(ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage()));
		facts.put("JDK", System.getProperty("java.vendor") + " " + System.getProperty("java.runtime.version"));
		facts.put("Spring Boot", library(project, "spring-boot"));
		facts.put("Dapr SDK", library(project, "dapr-sdk"));
		facts.put("daprd", output(daprd.toString(), "--version"));
		facts.put("Kafka", AppInfoParser.getVersion());
		facts.put("Node", output("node", "--version"));
		facts.put("Python", output("python3", "--version"));
		facts.put("JVM flags",
				"`java -jar`, the bare server, socket and HttpClient: none; as in the image: see there; environment: %s"
					.formatted(flagsFromEnvironment()));
		return facts;
	}

	private static String flagsFromEnvironment() {
		var flags = System.getenv("JAVA_TOOL_OPTIONS");
		return (flags == null || flags.isBlank()) ? "none" : flags;
	}

	private static double memory() {
		return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getTotalMemorySize();
	}

	private static String cpu() {
		try {
			var model = CPU.matcher(Files.readString(Path.of("/proc/cpuinfo")));
			return model.find() ? model.group(1) : System.getProperty("os.arch");
		}
		catch (IOException ex) {
			return System.getProperty("os.arch");
		}
	}

	/** Reads a library's version off its file name in the consumer's jar. */
	private static String library(Project project, String name) {
		var file = Pattern.compile("BOOT-INF/lib/" + Pattern.quote(name) + "-(\\d.*)\\.jar");
		try (var jar = new ZipFile(project.jar(Apps.CONSUMER).toFile())) {
			return jar.stream()
				.map((entry) -> file.matcher(entry.getName()))
				.filter((matcher) -> matcher.matches())
				.map((matcher) -> matcher.group(1))
				.findFirst()
				.orElse("not found");
		}
		catch (IOException ex) {
			return "not found";
		}
	}

	private static String output(String... command) {
		try {
			var process = new ProcessBuilder(command).redirectErrorStream(true).start();
			process.getOutputStream().close();
			return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
		}
		catch (IOException ex) {
			return "not installed";
		}
	}

}
