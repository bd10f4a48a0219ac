package io.dapr.quickstarts.bindings.launcher.dapr;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;

import io.dapr.quickstarts.bindings.launcher.process.ChildEnvironment;
import io.dapr.quickstarts.bindings.launcher.process.ManagedProcess;
import io.dapr.quickstarts.bindings.launcher.process.ShortCommand;
import org.apache.commons.io.file.PathUtils;

/** Builds daprd from its Go module. */
final class DaprdBuild {

	private static final Duration LIMIT = Duration.ofMinutes(40);

	private static final Duration VERSION_LIMIT = Duration.ofSeconds(20);

	/** Since then Go fetches the version that go.mod names. */
	private static final int OLDEST_GO_MINOR = 21;

	private static final Pattern GO_VERSION = Pattern.compile("go1\\.(\\d{1,4})[.\\w]*");

	private static final Duration PROGRESS_INTERVAL = Duration.ofSeconds(30);

	/**
	 * The version is written in by Dapr's own build too; without it daprd calls itself
	 * "edge".
	 */
	private static final String VERSION_FLAGS = "-s -w -X github.com/dapr/dapr/pkg/buildinfo.version="
			+ DaprdFinder.VERSION + " -X github.com/dapr/kit/logger.DaprVersion=" + DaprdFinder.VERSION;

	/**
	 * Where Go gets modules and where it keeps them; not for which system it builds, nor
	 * with which flags.
	 */
	private static final String[] GO_VARIABLES = { "GOPROXY", "GOPRIVATE", "GONOPROXY", "GOSUMDB", "GONOSUMDB",
			"GOINSECURE", "GOAUTH", "GOPATH", "GOMODCACHE", "GOCACHE", "GOROOT", "GOTOOLCHAIN", "GOENV" };

	private final Path module;

	private final Consumer<String> progress;

	/**
	 * Names the source.
	 * @param module the folder with go.mod and go.sum
	 * @param progress is told how far it is
	 */
	DaprdBuild(Path module, Consumer<String> progress) {
		this.module = module;
		this.progress = progress;
	}

	/**
	 * Builds the program.
	 * @param program where the program goes; it appears there whole or not at all
	 * @throws IOException if it can't be built, says why
	 */
	void build(Path program) throws IOException {
		checkVersion();
		// In a copy, since Go completes go.mod and go.sum.
		var folder = Files.createTempDirectory(program.getParent(), "build");
		try {
			for (var file : List.of("go.mod", "go.sum")) {
				Files.copy(this.module.resolve(file), folder.resolve(file));
			}
			var built = folder.resolve("daprd");
			run(new ManagedProcess("go",
					List.of("go", "build", "-mod=mod", "-tags", "stablecomponents", "-trimpath", "-ldflags",
							VERSION_FLAGS, "-o", built.toString(), "github.com/dapr/dapr/cmd/daprd"),
					environment(), folder.resolve("go.log"), (line) -> {
					})
				.in(folder));
			Files.move(built, program, StandardCopyOption.ATOMIC_MOVE);
		}
		finally {
			PathUtils.deleteDirectory(folder);
		}
	}

	private static ChildEnvironment environment() {
		return ChildEnvironment.network(GO_VARIABLES).with(Map.of("CGO_ENABLED", "0", "GOWORK", "off"));
	}

	/** An older Go fails with lines that do not say so. */
	private static void checkVersion() throws IOException {
		var version = ShortCommand.run(VERSION_LIMIT, environment(), "go", "version")
			.map((result) -> GO_VERSION.matcher(result.output()));
		if (version.isPresent() && version.get().find() && Integer.parseInt(version.get().group(1)) < OLDEST_GO_MINOR) {
			throw new IOException("Go %s is too old; 1.%d or newer fetches the one that is needed"
				.formatted(version.get().group().substring(2), OLDEST_GO_MINOR));
		}
	}

	private void run(ManagedProcess go) throws IOException {
		try {
			go.start();
		}
		catch (RuntimeException ex) {
			throw new IOException("there is no Go", ex);
		}
		// The build ends with this process, whatever ends it.
		var stop = new Thread(go::kill);
		Runtime.getRuntime().addShutdownHook(stop);
		var start = Instant.now();
		this.progress.accept(
				"building daprd " + DaprdFinder.VERSION + " from source, once; this takes about 6 minutes on 2 cores");
		while (!go.awaitExit(PROGRESS_INTERVAL)) {
			var elapsed = Duration.between(start, Instant.now());
			if (elapsed.compareTo(LIMIT) > 0 || Thread.currentThread().isInterrupted()) {
				go.kill();
				throw new IOException("go build took longer than " + LIMIT.toMinutes() + " minutes");
			}
			this.progress.accept("building daprd: " + elapsed.toSeconds() + " s so far");
		}
		Runtime.getRuntime().removeShutdownHook(stop);
		if (go.exitCode() != 0) {
			throw new IOException("go build ended with " + go.exitCode() + ": " + String.join(" / ", go.lastLines(3)));
		}
	}

}
