package io.dapr.quickstarts.bindings.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongPredicate;

import io.dapr.quickstarts.bindings.launcher.process.ResidentMemory;

/**
 * A measured program as a process. It prints straight to a file: the benchmark, which
 * shares the machine with it, takes no part in that.
 */
final class MeasuredProcess implements AutoCloseable {

	private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

	private static final long POLL_MS = 2;

	private final Subject subject;

	private final Path output;

	private final Process process;

	private final OutputCounter counter;

	private MeasuredProcess(Subject subject, Path output, Process process) {
		this.subject = subject;
		this.output = output;
		this.process = process;
		this.counter = new OutputCounter(output, subject.sign(), subject.ordersPerLine());
	}

	/**
	 * Starts a program.
	 * @param subject the program
	 * @param environment variables that it gets beside this process's own
	 * @param folder where the file goes that it prints to
	 * @return the running program
	 */
	static MeasuredProcess start(Subject subject, Map<String, String> environment, Path folder) {
		try {
			var output = Files.createTempFile(folder, "output-", ".log");
			var builder = new ProcessBuilder(subject.command()).directory(subject.folder().toFile())
				.redirectErrorStream(true)
				.redirectOutput(output.toFile())
				.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
			builder.environment().putAll(environment);
			return new MeasuredProcess(subject, output, builder.start());
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Cannot start " + subject.name() + ": " + ex.getMessage(), ex);
		}
	}

	/** Says how many orders the program has told of. */
	long count() {
		return this.counter.count();
	}

	/**
	 * Waits until the program has told of enough orders.
	 * @param enough tells whether a number of orders is enough
	 * @param limit how long to wait
	 * @return how many they are, and when that was seen
	 */
	Moment await(LongPredicate enough, Duration limit) {
		var deadline = System.nanoTime() + limit.toNanos();
		while (true) {
			// Asked for before the count: what it printed last has to be counted too.
			var alive = this.process.isAlive();
			var orders = count();
			var now = System.nanoTime();
			if (enough.test(orders)) {
				return new Moment(orders, now);
			}
			if (!alive || now > deadline) {
				throw new IllegalStateException("%s: %s after %d orders; all it printed is in %s".formatted(
						this.subject.name(), alive ? "no progress within " + limit.toSeconds() + " s" : "it ended",
						orders, this.output));
			}
			pause();
		}
	}

	static void pause() {
		try {
			Thread.sleep(POLL_MS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted", ex);
		}
	}

	/** Says whether the program still runs. */
	boolean isAlive() {
		return this.process.isAlive();
	}

	/** The CPU time that the program has used, in all its threads. */
	Duration cpu() {
		return this.process.info().totalCpuDuration().orElse(Duration.ZERO);
	}

	/** The memory of the program that is in RAM, in MiB. */
	double residentMebibytes() {
		return ResidentMemory.of(this.process.pid())
			.orElseThrow(
					() -> new IllegalStateException("Cannot read how much memory " + this.subject.name() + " uses"))
				/ 1024.0 / 1024.0;
	}

	/** Waits for a program that ends by itself. */
	void awaitEnd(Duration limit) {
		try {
			if (!this.process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
				throw new IllegalStateException(this.subject.name() + " did not end within " + limit.toSeconds()
						+ " s; all it printed is in " + this.output);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted", ex);
		}
	}

	/**
	 * Asks the program to end (SIGTERM).
	 * @param limit how long it may take
	 * @throws IllegalStateException if it takes longer
	 */
	void stop(Duration limit) {
		this.process.destroy();
		awaitEnd(limit);
	}

	/** Asks the program to end (SIGTERM) and kills it if it does not. */
	@Override
	public void close() {
		try {
			stop(STOP_LIMIT);
		}
		catch (IllegalStateException ex) {
			this.process.destroyForcibly();
		}
	}

	/**
	 * When a number of orders was seen.
	 *
	 * @param orders how many
	 * @param nanoTime when, by {@link System#nanoTime}
	 */
	record Moment(long orders, long nanoTime) {

		/** The speed from an earlier moment to this one, in orders per second. */
		double rateSince(Moment earlier) {
			return (this.orders - earlier.orders) * 1e9 / (this.nanoTime - earlier.nanoTime);
		}

	}

}
