package io.dapr.quickstarts.bindings.launcher;

import java.io.PrintStream;
import java.util.function.Consumer;

/**
 * The terminal of {@code ./quickstart}: each line stands behind the name of its source.
 */
final class Console {

	private final PrintStream out;

	Console(PrintStream out) {
		this.out = out;
	}

	/** Prints a line of the launcher itself. */
	void say(String line) {
		this.out.println("quickstart | " + line);
	}

	/** Gives a listener that prints the lines of one source. */
	Consumer<String> lines(String source) {
		return (line) -> this.out.println(source + " | " + line);
	}

}
