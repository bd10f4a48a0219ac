package io.dapr.quickstarts.bindings.launcher;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

import io.dapr.quickstarts.bindings.launcher.dapr.Sidecar;
import io.dapr.quickstarts.bindings.launcher.process.InvalidSettingException;
import io.dapr.quickstarts.bindings.launcher.process.ManagedProcess;

/**
 * What the user is told when a run fails.
 *
 * @param folder the folder of the run
 */
record FailureMessages(Path folder) {

	/** In bytes. */
	private static final long LITTLE_SPACE = 1_000_000;

	private static final Pattern STACK_FRAME = Pattern.compile("^\\s+(at |\\.\\.\\. \\d)");

	/** Of a process that ended though nobody asked it to. */
	String ended(ManagedProcess process) {
		var lines = process.lastLines(100).stream().filter((line) -> !STACK_FRAME.matcher(line).find()).toList();
		var last = lines.subList(Math.max(0, lines.size() - 10), lines.size());
		return "%s ended by itself with exit code %d%s%s; the end of %s:%n  %s".formatted(process.name(),
				process.exitCode(), Sidecar.fatalError(last).map((error) -> ": " + error).orElse(""), spaceLeft(),
				process.log(), String.join(System.lineSeparator() + "  ", last));
	}

	/** A full disk ends a broker, and its own lines do not always say so. */
	private String spaceLeft() {
		try {
			var full = Files.getFileStore(this.folder).getUsableSpace() < LITTLE_SPACE;
			return full ? ", and no space is left in " + this.folder + " (set TMPDIR to a folder on another disk)" : "";
		}
		catch (IOException ex) {
			return "";
		}
	}

	/**
	 * Turns an unexpected failure into one line.
	 * @param failure any failure of the run
	 * @return the same if it explains itself to the user, else one that names the file
	 * with the details
	 */
	RuntimeException explained(RuntimeException failure) {
		if (failure instanceof IllegalStateException || failure instanceof InvalidSettingException
				|| failure instanceof UncheckedIOException) {
			return failure;
		}
		var details = this.folder.resolve("failure.log");
		try (var file = new PrintWriter(Files.newBufferedWriter(details))) {
			failure.printStackTrace(file);
		}
		catch (IOException ex) {
			failure.addSuppressed(ex);
		}
		return new IllegalStateException("an unexpected failure, %s; the details are in %s".formatted(failure, details),
				failure);
	}

}
