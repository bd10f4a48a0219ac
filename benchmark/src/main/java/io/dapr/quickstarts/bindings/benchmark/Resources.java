package io.dapr.quickstarts.bindings.benchmark;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

import io.dapr.quickstarts.bindings.launcher.process.ManagedProcess;

/** All that a run has started, so that nothing outlives it, however it ends. */
final class Resources implements AutoCloseable {

	private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

	private final Deque<AutoCloseable> resources = new ArrayDeque<>();

	private final Consumer<String> progress;

	private volatile boolean closed;

	Resources(Consumer<String> progress) {
		this.progress = progress;
	}

	void start(ManagedProcess process) {
		process.start();
		add(() -> stop(process));
	}

	static void stop(ManagedProcess... processes) {
		for (var process : processes) {
			process.stop(STOP_LIMIT);
		}
	}

	/**
	 * Adds something that has been started.
	 * @param resource is closed with all others, the last one first
	 * @throws IllegalStateException if all is closed already; the resource is too
	 */
	synchronized void add(AutoCloseable resource) {
		this.resources.push(resource);
		if (this.closed) {
			close();
			throw new IllegalStateException("The benchmark has been stopped");
		}
	}

	/** Whether all was closed, such as after Ctrl-C. */
	boolean isClosed() {
		return this.closed;
	}

	@Override
	public void close() {
		// Before the lock: from here on nothing is started.
		this.closed = true;
		synchronized (this) {
			while (!this.resources.isEmpty()) {
				try {
					this.resources.pop().close();
				}
				catch (Exception ex) {
					this.progress.accept("cannot be stopped: " + ex.getMessage());
				}
			}
		}
	}

}
