package io.dapr.quickstarts.bindings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

import io.dapr.quickstarts.bindings.launcher.Project;
import io.dapr.quickstarts.bindings.launcher.process.ChildEnvironment;
import io.dapr.quickstarts.bindings.launcher.process.ManagedProcess;
import io.dapr.quickstarts.bindings.launcher.process.Wait;

/** {@code ./quickstart} as a process of its own, as a user runs it. */
public final class Launcher implements AutoCloseable {

	/** Generous: the machine may be busy. */
	private static final Duration START_LIMIT = Duration.ofSeconds(90);

	private static final Duration STOP_LIMIT = Duration.ofSeconds(40);

	private static final Pattern ADDRESS = Pattern.compile("^quickstart \\| (\\w+) at (http://\\S+)$");

	private final Map<String, String> addresses = new ConcurrentHashMap<>();

	private final ManagedProcess process;

	/**
	 * Describes a run; it does not run yet.
	 * @param log the file for what it prints
	 * @param options the command's options
	 */
	public Launcher(Path log, String... options) {
		var project = Project.current();
		var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-Dquickstart.home=" + project.home(), "-jar",
				project.home().resolve("launcher/target/launcher.jar").toString()));
		command.addAll(List.of(options));
		this.process = new ManagedProcess("the quickstart", command, ChildEnvironment.all(), log, this::read);
	}

	private void read(String line) {
		var address = ADDRESS.matcher(line);
		if (address.find()) {
			this.addresses.put(address.group(1), address.group(2));
		}
	}

	/**
	 * Starts the run.
	 * @return this
	 */
	public Launcher start() {
		this.process.start();
		return this;
	}

	/**
	 * Where something is served, as soon as the launcher has said so.
	 * @param what as the launcher calls it, such as page
	 * @return the address
	 */
	public String address(String what) {
		return address(what, START_LIMIT);
	}

	/**
	 * Where something is served, as soon as the launcher has said so.
	 * @param what as the launcher calls it, such as page
	 * @param limit how long that may take
	 * @return the address
	 */
	public String address(String what, Duration limit) {
		Wait.until("the launcher tells the address of the " + what + ", see " + this.process.log(), limit,
				() -> this.addresses.containsKey(what));
		return this.addresses.get(what);
	}

	/**
	 * Whether it goes on.
	 * @return false if it has ended
	 */
	public boolean isRunning() {
		return this.process.isRunning();
	}

	/**
	 * What it printed last.
	 * @param count how many lines at most
	 * @return the lines, oldest first
	 */
	public List<String> lastLines(int count) {
		return this.process.lastLines(count);
	}

	@Override
	public void close() {
		this.process.stop(STOP_LIMIT);
	}

}
