package io.dapr.quickstarts.bindings.launcher.dapr;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Finds daprd, the program of the sidecar, or fetches it: what is installed comes first,
 * then this product's cache, then Dapr's release, then its source.
 */
public final class Daprd {

	/** The version that is fetched where none is installed. */
	public static final String VERSION = "1.18.1";

	private static final URI RELEASES = URI.create("https://github.com/dapr/dapr/releases/download/v" + VERSION + "/");

	private final Map<String, String> environment;

	private final Path home;

	private final Path module;

	private final URI releases;

	private final Consumer<String> progress;

	/**
	 * Prepares the search.
	 * @param module the folder with daprd's Go module
	 * @param progress is told what takes long
	 */
	public Daprd(Path module, Consumer<String> progress) {
		this(System.getenv(), Path.of(System.getenv().getOrDefault("HOME", System.getProperty("user.home"))), module,
				RELEASES, progress);
	}

	Daprd(Map<String, String> environment, Path home, Path module, URI releases, Consumer<String> progress) {
		this.environment = environment;
		this.home = home;
		this.module = module;
		this.releases = releases;
		this.progress = progress;
	}

	/**
	 * Finds daprd, or fetches it.
	 * @return the path of the program
	 * @throws IllegalStateException if it can't be had; the message says what to do
	 */
	public Path find() {
		return installed().orElseGet(this::cached);
	}

	private Optional<Path> installed() {
		var named = this.environment.get("DAPRD");
		if (named != null && !named.isEmpty()) {
			if (!isProgram(Path.of(named))) {
				throw new IllegalStateException("DAPRD is \"" + named + "\"; expected the path of the program daprd");
			}
			return Optional.of(Path.of(named));
		}
		var onPath = Stream.of(this.environment.getOrDefault("PATH", "").split(File.pathSeparator))
			.map((folder) -> Path.of(folder, "daprd"));
		return Stream.concat(onPath, Stream.of(this.home.resolve(".dapr/bin/daprd")))
			.filter(Daprd::isProgram)
			.findFirst();
	}

	private static boolean isProgram(Path path) {
		return Files.isRegularFile(path) && Files.isExecutable(path);
	}

	private Path cached() {
		var cache = this.environment.getOrDefault("XDG_CACHE_HOME", "");
		var folder = (cache.isEmpty() ? this.home.resolve(".cache") : Path.of(cache))
			.resolve("dapr-kafka-bindings-quickstart")
			.resolve("daprd")
			.resolve(VERSION);
		var program = folder.resolve("daprd");
		if (!isProgram(program)) {
			try {
				Files.createDirectories(folder);
				fetchAlone(folder, program);
			}
			catch (IOException ex) {
				throw new UncheckedIOException("Cannot write to " + folder + ": " + ex.getMessage(), ex);
			}
		}
		return program;
	}

	/** Of several runs at once one fetches, and the others wait and use what it got. */
	private void fetchAlone(Path folder, Path program) throws IOException {
		try (var file = FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
			if (file.tryLock() == null) {
				this.progress.accept("waiting for another run that fetches daprd " + VERSION);
				file.lock();
			}
			// The lock ends with the channel, or with this process.
			if (!isProgram(program)) {
				fetch(program);
			}
		}
	}

	private void fetch(Path program) throws IOException {
		try {
			new DaprdRelease(this.releases, this.progress).fetch(program);
		}
		catch (IOException release) {
			this.progress.accept("no release of daprd: " + release.getMessage());
			try {
				new DaprdSource(this.module, this.progress).build(program);
			}
			catch (IOException source) {
				throw new IllegalStateException("""
						daprd %s is needed and could be neither downloaded (%s) nor built (%s). \
						Install it with `dapr init`, or name one in the variable DAPRD, \
						or install Go (https://go.dev/dl), with which it is built from source.""".formatted(VERSION,
						release.getMessage(), source.getMessage()), source);
			}
		}
	}

}
