package io.dapr.quickstarts.bindings.launcher;

import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;

import io.dapr.quickstarts.bindings.launcher.process.InvalidSettingException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** What the commands of {@code ./quickstart} have in common. */
public final class CommandLines {

	private CommandLines() {
	}

	/**
	 * Makes a command line that explains each failure in one line. The process ends with
	 * its parent, so that nothing goes on when the script was killed.
	 * @param command the command, with picocli's annotations
	 * @return the command line, to be executed
	 */
	public static CommandLine of(Callable<Integer> command) {
		// In some languages numbers have digits of their own, also those of ports and
		// files.
		Locale.setDefault(Locale.US);
		// By default Java gives no proxy a password on the way to an https address.
		System.setProperty("jdk.http.auth.tunneling.disabledSchemes", "");
		Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> {
			System.err.println("quickstart: an unexpected failure, " + failure);
			System.exit(CommandLine.ExitCode.SOFTWARE);
		});
		ProcessHandle.current().parent().ifPresent((parent) -> parent.onExit().thenRun(() -> System.exit(1)));
		return new CommandLine(command).setParameterExceptionHandler(CommandLines::explain)
			.setExecutionExceptionHandler((ex, failed, parsed) -> fail(ex, failed));
	}

	/**
	 * Finds what an option names. The script changes to its own folder; a path counts
	 * from the user's.
	 * @param path the option's value
	 * @return the absolute path
	 */
	public static Path fromCaller(Path path) {
		return Path.of(System.getProperty("quickstart.caller", "")).toAbsolutePath().resolve(path).normalize();
	}

	private static int explain(ParameterException ex, String[] args) {
		ex.getCommandLine()
			.getErr()
			.printf("quickstart: %s (see ./%s --help)%n", ex.getMessage(), ex.getCommandLine().getCommandName());
		return CommandLine.ExitCode.USAGE;
	}

	private static int fail(Exception ex, CommandLine command) {
		command.getErr().println("quickstart: " + ((ex.getMessage() != null) ? ex.getMessage() : ex.toString()));
		return (ex instanceof InvalidSettingException) ? CommandLine.ExitCode.USAGE : CommandLine.ExitCode.SOFTWARE;
	}

}
