package io.dapr.quickstarts.bindings.launcher;

import java.io.PrintStream;
import java.util.function.Consumer;

/**
 * The terminal of {@code ./quickstart}: each line stands behind the name of its source.
 */
final class Console {

	private final PrintStream out;

	private final boolean verbose;

	private final Runnable onBroken;

	/**
	 * Prints to a stream.
	 * @param out the stream
	 * @param verbose whether to print the lines of Kafka and the sidecars too
	 * @param onBroken is run after each line that could not be written, since the reader
	 * has gone or a disk is full
	 */
	Console(PrintStream out, boolean verbose, Runnable onBroken) {
		this.out = out;
		this.verbose = verbose;
		this.onBroken = onBroken;
	}

	/** Prints a line of the launcher itself. */
	void say(String line) {
		print("quickstart", line);
	}

	/** Gives a listener that prints the lines of one source. */
	Consumer<String> lines(String source) {
		return (line) -> print(source, line);
	}

	/** Gives a listener that prints the lines of one source with --verbose only. */
	Consumer<String> verboseLines(String source) {
		return this.verbose ? lines(source) : (line) -> {
		};
	}

	private void print(String source, String line) {
		this.out.println(source + " | " + line);
		if (this.out.checkError()) {
			this.onBroken.run();
		}
	}

}
