package io.dapr.quickstarts.bindings.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

import org.apache.commons.io.file.PathUtils;

/** Installs packages of npm and pip into the user's cache folder. */
final class Packages {

	private static final Duration LIMIT = Duration.ofMinutes(3);

	private final TestBed testBed;

	private final Path cache;

	/**
	 * Uses the cache folder that the environment names.
	 * @param testBed runs npm and pip
	 */
	Packages(TestBed testBed) {
		this(testBed, cache());
	}

	Packages(TestBed testBed, Path cache) {
		this.testBed = testBed;
		this.cache = cache;
	}

	private static Path cache() {
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
	 * @param command installs the packages of the manifest into its working directory
	 * @return the folder, empty if the command is not there or fails
	 */
	Optional<Path> install(String name, Path manifest, String... command) {
		var folder = this.cache.resolve(name);
		var installed = folder.resolve("installed.txt");
		try {
			if (Files.exists(installed) && Files.mismatch(manifest, installed) < 0) {
				return Optional.of(folder);
			}
			this.testBed.say("installing the packages of %s into %s".formatted(manifest, folder));
			if (Files.exists(folder)) {
				PathUtils.deleteDirectory(folder);
			}
			Files.createDirectories(folder);
			Files.copy(manifest, folder.resolve(manifest.getFileName()));
			if (this.testBed.output(LIMIT, folder, command).isEmpty()) {
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
