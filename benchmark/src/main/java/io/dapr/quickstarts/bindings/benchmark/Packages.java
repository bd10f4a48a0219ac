package io.dapr.quickstarts.bindings.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
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

	/** The folder that the environment names for caches. */
	static Path userCache() {
		var cache = System.getenv("XDG_CACHE_HOME");
		return ((cache != null && !cache.isEmpty()) ? Path.of(cache)
				: Path.of(System.getProperty("user.home"), ".cache"))
			.resolve("dapr-kafka-bindings-quickstart")
			.resolve("benchmark");
	}

	/**
	 * Installs what a manifest lists, unless that was done before.
	 * @param name of the folder
	 * @param manifest the list of packages; it is copied into the folder
	 * @param command makes the command that installs into the given folder
	 * @return the folder, empty if the command is not there or fails
	 */
	Optional<Path> install(String name, Path manifest, Function<Path, String[]> command) {
		var folder = this.cache.resolve(name);
		var installed = folder.resolve("installed.txt");
		try {
			if (Files.exists(installed) && Files.mismatch(manifest, installed) < 0) {
				return Optional.of(folder);
			}
			this.progress.accept("installing the packages of %s into %s".formatted(manifest, folder));
			if (Files.exists(folder)) {
				PathUtils.deleteDirectory(folder);
			}
			Files.createDirectories(folder);
			Files.copy(manifest, folder.resolve(manifest.getFileName()));
			// All variables: npm and pip have their own, such as those of a proxy.
			var result = ShortCommand.run(LIMIT, ChildEnvironment.all(), command.apply(folder));
			if (result.isEmpty() || result.get().exitCode() != 0) {
				return Optional.empty();
			}
			Files.copy(manifest, installed);
			return Optional.of(folder);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Cannot write to %s: %s".formatted(folder, ex.getMessage()), ex);
		}
	}

}
