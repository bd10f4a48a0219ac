package io.dapr.quickstarts.bindings.launcher.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A program that runs as a process of its own: it can be started, stopped, killed, frozen
 * and started again with the same settings. What it prints goes to a log file and to a
 * listener.
 */
public final class ManagedProcess {

	private static final Duration KILL_LIMIT = Duration.ofSeconds(5);

	private final String name;

	private final List<String> command;

	private final Map<String, String> environment;

	private final Path log;

	private final Consumer<String> lines;

	private volatile Consumer<ManagedProcess> onDeath = (process) -> {
	};

	private Process process;

	private Thread reader;

	private volatile boolean wanted;

	private volatile boolean frozen;

	/**
	 * Describes a process; it does not run yet.
	 * @param name what to call it in messages
	 * @param command the program and its arguments
	 * @param environment variables that it gets beside this process's own
	 * @param log the file that what it prints is added to
	 * @param lines is given each line that it prints, in order, by a thread of its own
	 */
	public ManagedProcess(String name, List<String> command, Map<String, String> environment, Path log,
			Consumer<String> lines) {
		this.name = name;
		this.command = List.copyOf(command);
		this.environment = Map.copyOf(environment);
		this.log = log;
		this.lines = lines;
	}

	/**
	 * Says what to do when the program ends though nobody asked it to.
	 * @param listener is given this process, by a thread of its own
	 */
	public void onDeath(Consumer<ManagedProcess> listener) {
		this.onDeath = listener;
	}

	/**
	 * Starts the program.
	 * @throws IllegalStateException if it runs already
	 * @throws UncheckedIOException if it can't be started
	 */
	public synchronized void start() {
		if (isRunning()) {
			throw new IllegalStateException(this.name + " runs already");
		}
		var builder = new ProcessBuilder(this.command).redirectErrorStream(true);
		builder.environment().putAll(this.environment);
		try {
			this.process = builder.start();
			this.process.getOutputStream().close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Cannot start " + this.name + ": " + ex.getMessage(), ex);
		}
		this.wanted = true;
		this.frozen = false;
		var started = this.process;
		this.reader = new Thread(() -> read(started), this.name + " output");
		this.reader.setDaemon(true);
		this.reader.start();
	}

	private void read(Process started) {
		try (var output = new BufferedReader(new InputStreamReader(started.getInputStream(), StandardCharsets.UTF_8));
				var file = Files.newBufferedWriter(this.log, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
			for (var line = output.readLine(); line != null; line = output.readLine()) {
				file.write(line);
				file.newLine();
				file.flush();
				this.lines.accept(line);
			}
		}
		catch (IOException ex) {
			// Its end closed the pipe.
		}
		started.onExit().join();
		if (this.wanted) {
			this.onDeath.accept(this);
		}
	}

	/**
	 * Asks the program to end (SIGTERM) and kills it if it does not.
	 * @param limit how long it may take
	 */
	public synchronized void stop(Duration limit) {
		this.wanted = false;
		if (isRunning()) {
			thaw();
			// By its handle: Process.destroy() would also close the pipe, and what is
			// printed last would be lost.
			this.process.toHandle().destroy();
			awaitExit(limit);
		}
		kill();
	}

	/** Ends the program at once (SIGKILL), if it runs. */
	public synchronized void kill() {
		this.wanted = false;
		if (this.process == null) {
			return;
		}
		this.process.toHandle().destroyForcibly();
		if (!awaitExit(KILL_LIMIT)) {
			throw new IllegalStateException(this.name + " (process " + this.process.pid() + ") cannot be killed");
		}
		try {
			// What it printed last has to reach the listener.
			this.reader.join(KILL_LIMIT.toMillis());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * Waits for the program to end.
	 * @param limit how long to wait
	 * @return whether it has ended
	 */
	public boolean awaitExit(Duration limit) {
		try {
			return this.process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	/** Stops the program in its tracks (SIGSTOP); it keeps its memory and its ports. */
	public synchronized void freeze() {
		signal("STOP");
		this.frozen = true;
	}

	/** Lets a frozen program go on (SIGCONT). */
	public synchronized void thaw() {
		if (this.frozen) {
			signal("CONT");
			this.frozen = false;
		}
	}

	/** Java can only send SIGTERM and SIGKILL itself. */
	private void signal(String signal) {
		try {
			new ProcessBuilder("kill", "-" + signal, Long.toString(this.process.pid())).start().waitFor();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * What the program is called.
	 * @return its name
	 */
	public String name() {
		return this.name;
	}

	/**
	 * Whether the program runs, frozen or not.
	 * @return true if it has been started and has not ended
	 */
	public boolean isRunning() {
		var current = this.process;
		return current != null && current.isAlive();
	}

	/**
	 * Whether the program is frozen.
	 * @return true between {@link #freeze} and {@link #thaw}
	 */
	public boolean isFrozen() {
		return this.frozen && isRunning();
	}

	/**
	 * The program's process id.
	 * @return the id, empty if the program does not run
	 */
	public OptionalLong pid() {
		return isRunning() ? OptionalLong.of(this.process.pid()) : OptionalLong.empty();
	}

	/**
	 * How the program ended.
	 * @return its exit code
	 * @throws IllegalThreadStateException if it has not ended
	 */
	public int exitCode() {
		return this.process.exitValue();
	}

	/**
	 * The log file.
	 * @return its path
	 */
	public Path log() {
		return this.log;
	}

	/**
	 * What the program printed last.
	 * @param count how many lines at most
	 * @return the lines, oldest first
	 */
	public List<String> lastLines(int count) {
		try (Stream<String> all = Files.lines(this.log)) {
			var list = all.toList();
			return list.subList(Math.max(0, list.size() - count), list.size());
		}
		catch (IOException | UncheckedIOException ex) {
			return List.of();
		}
	}

}
