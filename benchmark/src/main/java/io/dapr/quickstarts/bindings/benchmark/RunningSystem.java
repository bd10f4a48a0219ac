package io.dapr.quickstarts.bindings.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;

import io.dapr.quickstarts.bindings.launcher.process.ManagedProcess;
import io.dapr.quickstarts.bindings.launcher.process.ResidentMemory;

/**
 * A system under test that runs, and how many orders it has handled by its own output.
 */
final class RunningSystem implements AutoCloseable {

	private static final long POLL_MS = 2;

	private final ManagedProcess process;

	private final OutputCounter orders;

	/**
	 * Watches a system.
	 * @param process has been started and prints straight to its log
	 * @param role what the system does with orders
	 */
	RunningSystem(ManagedProcess process, SystemUnderTest.Role role) {
		this.process = process;
		this.orders = new OutputCounter(process.log(), role::isOrder);
	}

	/** How many orders it has handled. */
	long orders() {
		return this.orders.count();
	}

	/**
	 * Waits until it has handled enough orders.
	 * @param enough how many
	 * @param limit how long to wait
	 * @return how many they are, and when that was seen
	 */
	Progress awaitOrders(long enough, Duration limit) {
		var deadline = System.nanoTime() + limit.toNanos();
		while (true) {
			// Before the count: the last lines of a program that ends count too.
			var running = this.process.isRunning();
			var progress = new Progress(orders(), System.nanoTime());
			if (progress.orders >= enough) {
				return progress;
			}
			if (!running) {
				throw failure("ended after %d orders".formatted(progress.orders));
			}
			if (progress.nanoTime > deadline) {
				throw failure(
						"handled %d of %d orders within %d s".formatted(progress.orders, enough, limit.toSeconds()));
			}
			pause();
		}
	}

	/**
	 * Waits until it listens.
	 * @param port where
	 * @param limit how long to wait
	 */
	void awaitPort(int port, Duration limit) {
		var deadline = System.nanoTime() + limit.toNanos();
		while (!OrderPost.isListening(port)) {
			if (!this.process.isRunning() || System.nanoTime() > deadline) {
				throw failure("does not listen at port " + port);
			}
			pause();
		}
	}

	private IllegalStateException failure(String what) {
		return new IllegalStateException("%s %s; it printed last:%n%s".formatted(this.process.name(), what,
				String.join(System.lineSeparator(), this.process.lastLines(5))));
	}

	private static void pause() {
		try {
			Thread.sleep(POLL_MS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted", ex);
		}
	}

	ManagedProcess process() {
		return this.process;
	}

	/** The memory that is in RAM, in MiB. */
	static double memory(ManagedProcess process) {
		var pid = process.pid().orElseThrow(() -> new IllegalStateException(process.name() + " has ended"));
		return ResidentMemory.of(pid)
			.orElseThrow(() -> new IllegalStateException("The system does not tell how much memory a process has"))
				/ 1024.0 / 1024.0;
	}

	/** Stops the program; what it printed is no longer needed. */
	@Override
	public void close() {
		Resources.stop(this.process);
		try {
			Files.deleteIfExists(this.process.log());
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Cannot delete " + this.process.log(), ex);
		}
	}

	/**
	 * How far a program has come.
	 *
	 * @param orders how many orders it has handled
	 * @param nanoTime when, by {@link System#nanoTime}
	 */
	record Progress(long orders, long nanoTime) {

		/** The throughput since an earlier moment, in orders per second. */
		double throughputSince(Progress earlier) {
			return (this.orders - earlier.orders) * 1e9 / (this.nanoTime - earlier.nanoTime);
		}

	}

}
