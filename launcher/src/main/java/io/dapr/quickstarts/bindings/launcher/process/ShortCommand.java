package io.dapr.quickstarts.bindings.launcher.process;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A program that is asked something, answers and ends. */
public final class ShortCommand {

	private ShortCommand() {
	}

	/**
	 * Runs a program to its end.
	 * @param limit how long it may take; it is killed after that
	 * @param environment all the variables that it gets
	 * @param command the program and its arguments
	 * @return how it ended, empty if it can't be started or did not end in time
	 */
	public static Optional<Result> run(Duration limit, ChildEnvironment environment, String... command) {
		var lines = new CopyOnWriteArrayList<String>();
		var process = new ManagedProcess(command[0], List.of(command), environment, Path.of("/dev/null"), lines::add);
		try {
			process.start();
			return process.awaitExit(limit) ? Optional.of(new Result(process.exitCode(), String.join("\n", lines)))
					: Optional.empty();
		}
		catch (UncheckedIOException ex) {
			return Optional.empty();
		}
		finally {
			process.kill();
		}
	}

	/**
	 * How a program ended.
	 *
	 * @param exitCode 0 for success
	 * @param output what it printed, both streams
	 */
	public record Result(int exitCode, String output) {
	}

}
