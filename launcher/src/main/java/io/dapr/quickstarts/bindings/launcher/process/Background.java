package io.dapr.quickstarts.bindings.launcher.process;

import java.util.concurrent.CompletableFuture;

/** Work that waits for something while this program goes on. */
public final class Background {

	private Background() {
	}

	/**
	 * Runs a task in a thread of its own. The common pool has a single thread on two
	 * cores, and since Java 25 tasks wait there for each other.
	 * @param task what to do
	 * @return is completed when the task has ended
	 */
	public static CompletableFuture<Void> run(Runnable task) {
		return CompletableFuture.runAsync(task, (command) -> thread("background", command).start());
	}

	/**
	 * Creates a thread that does not keep this program alive.
	 * @param name what it is called
	 * @param task what it does
	 * @return the thread, not started
	 */
	public static Thread thread(String name, Runnable task) {
		var thread = new Thread(task, name);
		thread.setDaemon(true);
		return thread;
	}

}
