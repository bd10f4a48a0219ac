package io.dapr.quickstarts.bindings.launcher.dapr;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.dapr.quickstarts.bindings.launcher.process.InvalidSettingException;
import io.dapr.quickstarts.bindings.launcher.process.UserFolders;

/**
 * Finds daprd, the program of the sidecar, or fetches it: what is installed comes first,
 * then this product's cache, then Dapr's release, then its source.
 */
public final class DaprdFinder {

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
	public DaprdFinder(Path module, Consumer<String> progress) {
		this(System.getenv(), Path.of(System.getenv().getOrDefault("HOME", System.getProperty("user.home"))), module,
				RELEASES, progress);
	}

	DaprdFinder(Map<String, String> environment, Path home, Path module, URI releases, Consumer<String> progress) {
		this.environment = environment;
		this.home = home;
		this.module = module;
		this.releases = releases;
		this.progress = progress;
	}

	/**
	 * Finds daprd, or fetches it.
	 * @return the path of the program
	 * @throws InvalidSettingException if the variable DAPRD names none
	 * @throws IllegalStateException if it can't be had; the message says what to do
	 */
	public Path find() {
		return installed().orElseGet(this::cached);
	}

	private Optional<Path> installed() {
		var named = this.environment.getOrDefault("DAPRD", "");
		return named.isEmpty() ? onPath().filter(DaprdFinder::isProgram).filter(this::isUsable).findFirst()
				: Optional.of(named(named));
	}

	/** Whoever names a program means it: no other takes its place. */
	private static Path named(String name) {
		var program = path(name).filter(DaprdFinder::isProgram)
			.orElseThrow(() -> new InvalidSettingException(
					"DAPRD is \"" + name + "\"; expected the path of the program daprd"));
		var version = DaprdVersion.of(program)
			.orElseThrow(() -> new InvalidSettingException("DAPRD is \"" + name
					+ "\", which does not tell its version when it is asked by --version; expected the path of the program daprd"));
		if (version.isTooOld()) {
			throw new InvalidSettingException("DAPRD is \"%s\", which is version %s; expected 1.%d or newer"
				.formatted(name, version.text(), DaprdVersion.OLDEST_MINOR));
		}
		return program;
	}

	private Stream<Path> onPath() {
		var onPath = Stream.of(this.environment.getOrDefault("PATH", "").split(File.pathSeparator))
			.filter((folder) -> !folder.isEmpty())
			.flatMap((folder) -> path(folder).stream())
			.filter(Path::isAbsolute)
			.map((folder) -> folder.resolve("daprd"));
		return Stream.concat(onPath, Stream.of(this.home.resolve(".dapr/bin/daprd")));
	}

	/** In a locale without these letters Java can make no path of them. */
	private static Optional<Path> path(String name) {
		try {
			return Optional.of(Path.of(name));
		}
		catch (InvalidPathException ex) {
			return Optional.empty();
		}
	}

	private boolean isUsable(Path program) {
		var version = DaprdVersion.of(program);
		if (version.filter((told) -> !told.isTooOld()).isPresent()) {
			return true;
		}
		this.progress.accept(version
			.map((told) -> "%s is version %s, older than 1.%d; another is used".formatted(program, told.text(),
					DaprdVersion.OLDEST_MINOR))
			.orElseGet(() -> program + " does not tell its version; another is used"));
		return false;
	}

	private static boolean isProgram(Path path) {
		return Files.isRegularFile(path) && Files.isExecutable(path);
	}

	private Path cached() {
		var folder = UserFolders.cache(this.environment, this.home).resolve("daprd").resolve(VERSION);
		var program = folder.resolve("daprd");
		if (!isWhole(program)) {
			try {
				Files.createDirectories(folder);
				fetchAlone(folder, program);
			}
			catch (IOException ex) {
				throw new UncheckedIOException("Cannot write to " + folder + ": " + UserFolders.reason(ex), ex);
			}
			if (!isWhole(program)) {
				throw new IllegalStateException(program
						+ " cannot be run there; set XDG_CACHE_HOME to a folder whose programs can, or DAPRD to a daprd");
			}
		}
		return program;
	}

	/** A home folder may be shared by machines of several kinds. */
	private static boolean isWhole(Path program) {
		return isProgram(program) && DaprdVersion.of(program).isPresent();
	}

	/** Of several runs at once one fetches, and the others wait and use what it got. */
	private void fetchAlone(Path folder, Path program) throws IOException {
		try (var file = FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
			if (file.tryLock() == null) {
				this.progress.accept("waiting for another run that fetches daprd " + VERSION);
				file.lock();
			}
			// The lock ends with the channel, or with this process.
			if (!isWhole(program)) {
				fetch(program);
			}
		}
	}

	private void fetch(Path program) throws IOException {
		try {
			new DaprdDownload(this.releases, this.module.resolve("SHA256SUMS"), this.environment, this.progress)
				.fetch(program);
		}
		catch (IOException release) {
			this.progress.accept("no release of daprd: " + release.getMessage());
			try {
				new DaprdBuild(this.module, this.progress).build(program);
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
