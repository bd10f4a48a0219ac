package io.dapr.quickstarts.bindings.launcher.dapr;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.apache.commons.codec.digest.DigestUtils;
import org.apache.commons.codec.digest.MessageDigestAlgorithms;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.apache.commons.io.file.PathUtils;

/** The official archive of daprd for this operating system and CPU. */
final class DaprdDownload {

	private static final Duration CONNECT_LIMIT = Duration.ofSeconds(10);

	private static final Duration DOWNLOAD_LIMIT = Duration.ofMinutes(10);

	private static final Map<String, String> CPUS = Map.of("amd64", "amd64", "x86_64", "amd64", "aarch64", "arm64",
			"arm64", "arm64");

	private final URI releases;

	private final Path sums;

	private final Consumer<String> progress;

	private final HttpClient http;

	/**
	 * Names the place of the release.
	 * @param releases the folder with the archives, ends with a slash
	 * @param sums the file with the SHA-256 of archives; one that it does not name is
	 * checked against what is published beside it
	 * @param environment may name a proxy
	 * @param progress is told what takes long
	 */
	DaprdDownload(URI releases, Path sums, Map<String, String> environment, Consumer<String> progress) {
		this.releases = releases;
		this.sums = sums;
		this.progress = progress;
		var proxies = new Proxies(environment);
		this.http = HttpClient.newBuilder()
			.connectTimeout(CONNECT_LIMIT)
			.followRedirects(HttpClient.Redirect.NORMAL)
			.proxy(proxies)
			.authenticator(proxies.authenticator())
			.build();
	}

	/**
	 * Downloads the archive, checks it against its SHA-256 and takes the program out.
	 * @param program where the program goes; it appears there whole or not at all
	 * @throws IOException if it can't be had, says why
	 */
	void fetch(Path program) throws IOException {
		var archive = archiveName();
		this.progress.accept("downloading daprd " + DaprdFinder.VERSION + " from " + this.releases.getHost());
		var folder = Files.createTempDirectory(program.getParent(), "download");
		try {
			var file = get(archive, HttpResponse.BodyHandlers.ofFile(folder.resolve(archive)));
			check(archive, new DigestUtils(MessageDigestAlgorithms.SHA_256).digestAsHex(file));
			var unpacked = unpack(file, folder.resolve("daprd"));
			Files.move(unpacked, program, StandardCopyOption.ATOMIC_MOVE);
		}
		finally {
			PathUtils.deleteDirectory(folder);
		}
	}

	/** What is published beside an archive could be changed together with it. */
	private void check(String archive, String actual) throws IOException {
		var known = known(archive);
		var expected = known.isPresent() ? known.get()
				: firstWord(get(archive + ".sha256", HttpResponse.BodyHandlers.ofString()));
		if (!actual.equalsIgnoreCase(expected)) {
			throw new IOException("%s has the SHA-256 %s, but %s is %s for it".formatted(archive, actual, expected,
					known.isPresent() ? "known" : "published"));
		}
	}

	private Optional<String> known(String archive) throws IOException {
		try (Stream<String> lines = Files.lines(this.sums)) {
			return lines.filter((line) -> line.endsWith(" v" + DaprdFinder.VERSION + "/" + archive))
				.map(DaprdDownload::firstWord)
				.findFirst();
		}
	}

	private static String firstWord(String text) {
		return text.strip().split("\\s+")[0];
	}

	private static String archiveName() throws IOException {
		var system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
		var os = system.contains("linux") ? "linux" : system.contains("mac") ? "darwin" : null;
		var cpu = CPUS.get(System.getProperty("os.arch"));
		if (os == null || cpu == null) {
			throw new IOException("there is none for " + system + " on " + System.getProperty("os.arch"));
		}
		return "daprd_" + os + "_" + cpu + ".tar.gz";
	}

	private <T> T get(String name, HttpResponse.BodyHandler<T> body) throws IOException {
		var uri = this.releases.resolve(name);
		CompletableFuture<HttpResponse<T>> answer = this.http.sendAsync(HttpRequest.newBuilder(uri).build(), body);
		try {
			var response = answer.get(DOWNLOAD_LIMIT.toSeconds(), TimeUnit.SECONDS);
			if (response.statusCode() != 200) {
				throw new IOException(uri + " answered " + response.statusCode());
			}
			return response.body();
		}
		catch (ExecutionException ex) {
			throw new IOException(uri + " cannot be read: " + ex.getCause(), ex.getCause());
		}
		catch (TimeoutException ex) {
			answer.cancel(true);
			throw new IOException(uri + " took longer than " + DOWNLOAD_LIMIT.toMinutes() + " minutes", ex);
		}
		catch (InterruptedException ex) {
			answer.cancel(true);
			Thread.currentThread().interrupt();
			throw new IOException("interrupted", ex);
		}
	}

	private static Path unpack(Path archive, Path program) throws IOException {
		try (InputStream file = Files.newInputStream(archive);
				var tar = new TarArchiveInputStream(new GzipCompressorInputStream(file))) {
			for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
				if (entry.isFile() && Path.of(entry.getName()).endsWith("daprd")) {
					Files.copy(tar, program);
					if (!program.toFile().setExecutable(true)) {
						throw new IOException(program + " cannot be made executable");
					}
					return program;
				}
			}
		}
		throw new IOException(archive.getFileName() + " holds no daprd");
	}

}
