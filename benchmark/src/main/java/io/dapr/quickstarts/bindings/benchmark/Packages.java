package io.dapr.quickstarts.bindings.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;

import io.dapr.quickstarts.bindings.launcher.process.ChildEnvironment;
import io.dapr.quickstarts.bindings.launcher.process.ShortCommand;
import org.apache.commons.io.file.PathUtils;

/** Installs packages of npm and pip into the user's cache folder. */
final class Packages {

	private static final Duration LIMIT = Duration.ofMinutes(3);

	private final Path cache;

	private final Consumer<String> progress;

	/**
	 * Chooses the folder.
	 * @param cache where a folder for each list of packages goes
	 * @param progress is told what takes long
	 */
	Packages(Path cache, Consumer<String> progress) {
		this.cache = cache;
		this.progress = progress;
	}

	/**
	 * Installs what a manifest lists, unless that was done before.
	 * @param name of the folder
	 * @param manifest the list of packages; it is copied into the folder
	 * @param command makes the command that installs into the folder that it is given
	 * @return the folder
	 * @throws IllegalStateException if the command is not there or fails
	 */
	Path install(String name, Path manifest, Function<String, String[]> command) {
		var folder = this.cache.resolve(name);
		var installed = folder.resolve("installed.txt");
		try {
			if (!Files.exists(installed) || Files.mismatch(manifest, installed) >= 0) {
				this.progress.accept("installing the packages of %s into %s".formatted(manifest, folder));
				if (Files.exists(folder)) {
					PathUtils.deleteDirectory(folder);
				}
				Files.createDirectories(folder);
				Files.copy(manifest, folder.resolve(manifest.getFileName()));
				run(command.apply(folder.toString()));
				Files.copy(manifest, installed);
			}
			return folder;
		}
		catch (IOException ex) {
			throw new IllegalStateException("cannot write to %s: %s".formatted(folder, ex.getMessage()), ex);
		}
	}

	private static void run(String... command) {
		// All variables: npm and pip have their own, such as those of a proxy.
		var result = ShortCommand.run(LIMIT, ChildEnvironment.all(), command)
			.orElseThrow(() -> new IllegalStateException(
					command[0] + " is not installed, or has not ended within " + LIMIT.toSeconds() + " s"));
		if (result.exitCode() != 0) {
			var lastLine = result.output().strip().replaceAll("(?s).*\n", "");
			throw new IllegalStateException(command[0] + " has failed: " + lastLine);
		}
	}

}
