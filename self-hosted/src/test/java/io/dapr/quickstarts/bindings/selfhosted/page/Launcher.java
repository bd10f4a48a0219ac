package io.dapr.quickstarts.bindings.selfhosted.page;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

import io.dapr.quickstarts.bindings.selfhosted.Project;
import io.dapr.quickstarts.bindings.selfhosted.process.Program;
import io.dapr.quickstarts.bindings.selfhosted.process.Wait;

/** {@code ./quickstart} as a process of its own, as a user runs it. */
final class Launcher implements AutoCloseable {

	/** Generous: the machine may be busy. */
	private static final Duration START_LIMIT = Duration.ofSeconds(90);

	private static final Duration STOP_LIMIT = Duration.ofSeconds(40);

	private static final Pattern ADDRESS = Pattern.compile("^quickstart \\| (\\w+) at (http://\\S+)$");

	private final Map<String, String> addresses = new ConcurrentHashMap<>();

	private final Program program;

	Launcher(Path log, String... options) {
		var project = Project.current();
		var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-Dquickstart.home=" + project.home(), "-jar",
				project.home().resolve("self-hosted/target/self-hosted.jar").toString()));
		command.addAll(List.of(options));
		this.program = new Program("the quickstart", command, Map.of(), log, this::read);
	}

	private void read(String line) {
		var address = ADDRESS.matcher(line);
		if (address.find()) {
			this.addresses.put(address.group(1), address.group(2));
		}
	}

	Launcher start() {
		this.program.start();
		return this;
	}

	/**
	 * Where something is served, as soon as the launcher has said so.
	 * @param what as the launcher calls it, such as page
	 */
	String address(String what) {
		Wait.until("the launcher tells the address of the " + what + ", see " + this.program.log(), START_LIMIT,
				() -> this.addresses.containsKey(what));
		return this.addresses.get(what);
	}

	boolean isRunning() {
		return this.program.isRunning();
	}

	String end() {
		return String.join(System.lineSeparator(), this.program.lastLines(20));
	}

	@Override
	public void close() {
		this.program.stop(STOP_LIMIT);
	}

}
