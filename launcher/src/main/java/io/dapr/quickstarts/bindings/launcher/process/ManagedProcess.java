package io.dapr.quickstarts.bindings.launcher.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A program that runs as a process of its own: it can be started, stopped, killed, frozen
 * and started again with the same settings. What it prints goes to a log file and to a
 * listener, or straight to the file.
 */
public final class ManagedProcess {

	private static final Duration KILL_LIMIT = Duration.ofSeconds(5);

	private final String name;

	private final List<String> command;

	private final ChildEnvironment environment;

	private final ProcessOutput output;

	private volatile Consumer<ManagedProcess> onDeath = (process) -> {
	};

	private volatile Path directory;

	/** The latest start; null before the first. */
	private volatile Run run;

	/**
	 * Describes a process whose lines are passed on; it does not run yet.
	 * @param name what to call it in messages
	 * @param command the program and its arguments
	 * @param environment all the variables that it gets
	 * @param log the file that what it prints is added to
	 * @param lines is given each line that it prints, in order, by a thread of its own
	 */
	public ManagedProcess(String name, List<String> command, ChildEnvironment environment, Path log,
			Consumer<String> lines) {
		this(name, command, environment, new ProcessOutput(name, log, lines));
	}

	/**
	 * Describes a process that prints straight to a file; it does not run yet.
	 * @param name what to call it in messages
	 * @param command the program and its arguments
	 * @param environment all the variables that it gets
	 * @param log the file that it prints to
	 */
	public ManagedProcess(String name, List<String> command, ChildEnvironment environment, Path log) {
		this(name, command, environment, new ProcessOutput(name, log, null));
	}

	private ManagedProcess(String name, List<String> command, ChildEnvironment environment, ProcessOutput output) {
		this.name = name;
		this.command = List.copyOf(command);
		this.environment = environment;
		this.output = output;
	}

	/**
	 * Sets the folder that the program is started in; by default it is this process's
	 * own.
	 * @param directory the folder
	 * @return this process
	 */
	public ManagedProcess in(Path directory) {
		this.directory = directory;
		return this;
	}

	/**
	 * Says what to do when the program ends though nobody asked it to.
	 * @param listener is given this process, once for each start, by a thread of its own
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
		var builder = new ProcessBuilder(this.command);
		this.environment.applyTo(builder);
		this.output.redirect(builder);
		if (this.directory != null) {
			builder.directory(this.directory.toFile());
		}
		try {
			var process = builder.start();
			process.getOutputStream().close();
			var started = new Run(process, this.output.follow(process));
			this.run = started;
			Background.thread(this.name + " end", () -> noticeEnd(started)).start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Cannot start " + this.name + ": " + ex.getMessage(), ex);
		}
	}

	private void noticeEnd(Run ended) {
		ended.process.onExit().join();
		ended.awaitLastLines();
		if (!ended.endWanted) {
			this.output.call(() -> this.onDeath.accept(this));
		}
	}

	/**
	 * Asks the program to end (SIGTERM) and kills it if it does not.
	 * @param limit how long it may take
	 * @return whether it ended within the limit
	 */
	public synchronized boolean stop(Duration limit) {
		var current = this.run;
		if (current == null) {
			return true;
		}
		current.endWanted = true;
		thaw();
		// By its handle: Process.destroy() would also close the pipe, and what is
		// printed last would be lost.
		current.process.toHandle().destroy();
		var inTime = awaitExit(limit);
		kill();
		return inTime;
	}

	/** Ends the program at once (SIGKILL), if it runs. */
	public synchronized void kill() {
		var current = this.run;
		if (current == null) {
			return;
		}
		current.endWanted = true;
		current.process.toHandle().destroyForcibly();
		if (!awaitExit(KILL_LIMIT)) {
			throw new IllegalStateException(this.name + " (process " + current.process.pid() + ") cannot be killed");
		}
	}

	/**
	 * Waits for the program to end; what it printed last has then reached the listener.
	 * @param limit how long to wait
	 * @return whether it has ended
	 */
	public boolean awaitExit(Duration limit) {
		var current = started();
		try {
			var ended = current.process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
			if (ended) {
				current.awaitLastLines();
			}
			return ended;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	/**
	 * Waits for the program to do something, as long as it runs.
	 * @param what what it does, in words: "answers at port 80"
	 * @param limit how long to wait
	 * @param condition whether it does; an exception counts as not yet
	 * @throws IllegalStateException if it has ended or does not within the limit; says
	 * what it printed of that
	 */
	public void await(String what, Duration limit, Callable<Boolean> condition) {
		try {
			Wait.until(this.name + " " + what, limit, () -> !isRunning() || condition.call());
		}
		catch (IllegalStateException ex) {
			throw new IllegalStateException("%s, see %s".formatted(ex.getMessage(), log()), ex);
		}
		if (awaitExit(Duration.ZERO)) {
			throw new IllegalStateException("%s has ended: %s, see %s".formatted(this.name, lastError(), log()));
		}
	}

	/**
	 * The last one: lines about the shutdown may follow it, and those of an earlier start
	 * precede it.
	 */
	private String lastError() {
		return lastLines(1000).stream()
			.filter((line) -> line.contains("Exception: ") || line.contains("Error: "))
			.reduce((earlier, later) -> later)
			.orElseGet(() -> String.join(System.lineSeparator(), lastLines(5)));
	}

	/** Stops the program in its tracks (SIGSTOP); it keeps its memory and its ports. */
	public synchronized void freeze() {
		signal("STOP");
		started().frozen = true;
	}

	/** Lets a frozen program go on (SIGCONT). */
	public synchronized void thaw() {
		if (isFrozen()) {
			signal("CONT");
			started().frozen = false;
		}
	}

	/**
	 * Java itself can only send SIGTERM and SIGKILL. The shell has kill built in; a small
	 * image has no such program.
	 */
	private void signal(String signal) {
		var process = started().process;
		var sent = ShortCommand.run(KILL_LIMIT, ChildEnvironment.local(), "/bin/sh", "-c",
				"kill -" + signal + " " + process.pid());
		if (process.isAlive() && sent.filter((result) -> result.exitCode() == 0).isEmpty()) {
			throw new IllegalStateException("SIG" + signal + " cannot be sent to " + this.name);
		}
	}

	public String name() {
		return this.name;
	}

	/**
	 * Whether the program runs, frozen or not.
	 * @return true if it has been started and has not ended
	 */
	public boolean isRunning() {
		var current = this.run;
		return current != null && current.process.isAlive();
	}

	/**
	 * Whether the program is frozen.
	 * @return true between {@link #freeze} and {@link #thaw}
	 */
	public boolean isFrozen() {
		var current = this.run;
		return current != null && current.frozen && current.process.isAlive();
	}

	/**
	 * The program's process id.
	 * @return the id, empty if the program does not run
	 */
	public OptionalLong pid() {
		var current = this.run;
		return (current != null && current.process.isAlive()) ? OptionalLong.of(current.process.pid())
				: OptionalLong.empty();
	}

	/**
	 * The CPU time that the program has used, in all its threads.
	 * @return the time, zero if the program does not run
	 */
	public Duration cpuTime() {
		return started().process.info().totalCpuDuration().orElse(Duration.ZERO);
	}

	/**
	 * How the program ended.
	 * @return its exit code
	 * @throws IllegalThreadStateException if it has not ended
	 */
	public int exitCode() {
		return started().process.exitValue();
	}

	/**
	 * The file with what the program has printed.
	 * @return its path
	 */
	public Path log() {
		return this.output.log();
	}

	/**
	 * What the program printed last.
	 * @param count how many lines at most
	 * @return the lines, oldest first
	 */
	public List<String> lastLines(int count) {
		return this.output.lastLines(count);
	}

	private Run started() {
		var current = this.run;
		if (current == null) {
			throw new IllegalStateException(this.name + " has not been started");
		}
		return current;
	}

	/** One start of the program. */
	private static final class Run {

		/** A child of the program may keep the pipe open when the program has ended. */
		private static final Duration LAST_LINES_LIMIT = Duration.ofSeconds(5);

		private final Process process;

		private final Thread reader;

		private volatile boolean endWanted;

		private volatile boolean frozen;

		Run(Process process, Thread reader) {
			this.process = process;
			this.reader = reader;
		}

		void awaitLastLines() {
			try {
				this.reader.join(LAST_LINES_LIMIT.toMillis());
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}

	}

}
