package io.dapr.quickstarts.bindings.launcher.dapr;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.net.httpserver.HttpServer;
import io.dapr.quickstarts.bindings.launcher.process.Background;
import io.dapr.quickstarts.bindings.launcher.process.InvalidSettingException;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/** Finds and fetches daprd; a local HTTP server stands in for the release site. */
class DaprdFinderTest {

	private static final String PROGRAM = "#!/bin/sh\necho " + DaprdFinder.VERSION + "\n";

	@TempDir
	private Path home;

	private final List<String> progress = new CopyOnWriteArrayList<>();

	private HttpServer site;

	private final Map<String, byte[]> files = new HashMap<>();

	private final AtomicInteger downloads = new AtomicInteger();

	/** How many bytes of an archive the site sends before it breaks off. */
	private int brokenAfter = Integer.MAX_VALUE;

	@BeforeEach
	void startSite() throws IOException {
		Files.createDirectory(this.home.resolve("no-module"));
		Files.createFile(this.home.resolve("no-module/SHA256SUMS"));
		this.site = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.site.createContext("/", (exchange) -> {
			try (exchange) {
				var file = this.files.get(exchange.getRequestURI().getPath().substring(1).replaceAll("_.*?\\.", "."));
				if (file == null) {
					exchange.sendResponseHeaders(404, -1);
					return;
				}
				this.downloads.incrementAndGet();
				exchange.sendResponseHeaders(200, file.length);
				exchange.getResponseBody().write(file, 0, Math.min(file.length, this.brokenAfter));
			}
		});
		this.site.start();
	}

	@AfterEach
	void stopSite() {
		this.site.stop(0);
	}

	@Test
	void takesTheNamedProgramFirst() throws IOException {
		var named = program(this.home.resolve("named"));
		program(this.home.resolve("path/daprd"));
		program(this.home.resolve(".dapr/bin/daprd"));
		var path = this.home.resolve("path").toString();
		assertThat(daprd(Map.of("DAPRD", named.toString(), "PATH", path)).find()).isEqualTo(named);
		assertThat(daprd(Map.of("PATH", path)).find()).isEqualTo(this.home.resolve("path/daprd"));
		assertThat(daprd(Map.of()).find()).isEqualTo(this.home.resolve(".dapr/bin/daprd"));
	}

	@Test
	void aNamedProgramThatSaysNothingIsAnError() throws IOException {
		var silent = script(this.home.resolve("silent"), "exit 0").toString();
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(() -> daprd(Map.of("DAPRD", silent)).find())
			.withMessage("DAPRD is \"" + silent
					+ "\", which does not tell its version when it is asked by --version; expected the path of the program daprd");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					nowhere   | ; expected the path of the program daprd
					/bin/ls   | , which does not tell its version when it is asked by --version; expected the path of the program daprd
					""")
	void aNamedProgramThatIsNoneIsAnError(String name, String explanation) {
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(() -> daprd(Map.of("DAPRD", name)).find())
			.withMessage("DAPRD is \"" + name + "\"" + explanation);
	}

	@Test
	void aNamedProgramThatIsTooOldIsAnError() throws IOException {
		var old = script(this.home.resolve("old"), "echo 1.12.3");
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> daprd(Map.of("DAPRD", old.toString())).find())
			.withMessage("DAPRD is \"" + old + "\", which is version 1.12.3; expected 1.18 or newer");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			echo 1.12.3  | is version 1.12.3, older than 1.18; another is used
			echo edge    | does not tell its version; another is used
			exit 0       | does not tell its version; another is used
			echo 1.18.1; exit 1 | does not tell its version; another is used
			""")
	void aProgramOnThePathThatDoesNotFitIsPassedOver(String script, String reason) throws IOException {
		script(this.home.resolve("path/daprd"), script);
		program(this.home.resolve(".dapr/bin/daprd"));
		assertThat(daprd(Map.of("PATH", this.home.resolve("path").toString())).find())
			.isEqualTo(this.home.resolve(".dapr/bin/daprd"));
		assertThat(this.progress).containsExactly(this.home.resolve("path/daprd") + " " + reason);
	}

	@ParameterizedTest
	@ValueSource(strings = { "1.18.0", "1.19.0-rc.1", "v1.20.10" })
	void aNewerVersionFits(String version) throws IOException {
		var program = script(this.home.resolve("path/daprd"), "echo " + version);
		assertThat(daprd(Map.of("PATH", this.home.resolve("path").toString())).find()).isEqualTo(program);
	}

	@Test
	void whatIsBrokenInTheCacheIsFetchedAgain() throws Exception {
		publish(archive(), DigestUtils.sha256Hex(archive()));
		script(cache().resolve("daprd"), "exit 126");
		assertThat(daprd(Map.of()).find()).isEqualTo(cache().resolve("daprd")).hasContent(PROGRAM);
	}

	@Test
	void aKnownChecksumCountsMoreThanThePublishedOne() throws Exception {
		publish(archive(), DigestUtils.sha256Hex(archive()));
		var sums = List.of("linux_amd64", "linux_arm64", "darwin_amd64", "darwin_arm64")
			.stream()
			.map((platform) -> "0".repeat(64) + "  v" + DaprdFinder.VERSION + "/daprd_" + platform + ".tar.gz")
			.toList();
		Files.write(this.home.resolve("no-module/SHA256SUMS"), sums);
		assertFails(
				"has the SHA-256 " + DigestUtils.sha256Hex(archive()) + ", but " + "0".repeat(64) + " is known for it");
	}

	@Test
	void downloadsThroughTheProxyOfTheEnvironment() throws Exception {
		publish(archive(), DigestUtils.sha256Hex(archive()));
		var proxy = "http://127.0.0.1:" + this.site.getAddress().getPort();
		var program = new DaprdFinder(Map.of("http_proxy", proxy), this.home, this.home.resolve("no-module"),
				URI.create("http://releases.invalid/"), this.progress::add)
			.find();
		assertThat(program).hasContent(PROGRAM);
	}

	@Test
	void downloadsTheReleaseOnce() throws Exception {
		publish(archive(), DigestUtils.sha256Hex(archive()));
		var program = daprd(Map.of()).find();
		assertThat(program).isEqualTo(cache().resolve("daprd")).isExecutable().hasContent(PROGRAM);
		assertThat(daprd(Map.of()).find()).isEqualTo(program);
		assertThat(this.downloads).hasValue(2);
		assertThat(cached()).containsExactlyInAnyOrder("daprd", "lock");
	}

	@Test
	void usesTheCacheThatTheUserChose() throws Exception {
		publish(archive(), DigestUtils.sha256Hex(archive()));
		assertThat(daprd(Map.of("XDG_CACHE_HOME", this.home.resolve("elsewhere").toString())).find())
			.startsWith(this.home.resolve("elsewhere"));
	}

	@Test
	void refusesAnArchiveWithAnotherChecksum() throws Exception {
		publish(archive(), "0".repeat(64));
		assertFails("has the SHA-256 " + DigestUtils.sha256Hex(archive()) + ", but " + "0".repeat(64)
				+ " is published for it");
	}

	@Test
	void saysWhenThereIsNoRelease() throws Exception {
		assertFails("answered 404");
	}

	@Test
	void leavesNothingOfABrokenDownload() throws Exception {
		publish(archive(), DigestUtils.sha256Hex(archive()));
		this.brokenAfter = 80;
		assertFails("cannot be read");
		this.brokenAfter = Integer.MAX_VALUE;
		assertThat(daprd(Map.of()).find()).hasContent(PROGRAM);
	}

	@Test
	void twoAtOnceDoNotDisturbEachOther() throws Exception {
		publish(archive(), DigestUtils.sha256Hex(archive()));
		var runs = new ArrayList<CompletableFuture<Void>>();
		for (int i = 0; i < 2; i++) {
			var release = new DaprdDownload(site(), this.home.resolve("no-module/SHA256SUMS"), Map.of(),
					this.progress::add);
			runs.add(Background.run(() -> assertThat(fetch(release)).hasContent(PROGRAM)));
		}
		for (var run : runs) {
			run.get(30, TimeUnit.SECONDS);
		}
	}

	private Path fetch(DaprdDownload release) {
		try {
			Files.createDirectories(cache());
			release.fetch(cache().resolve("daprd"));
			return cache().resolve("daprd");
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private void assertFails(String why) throws IOException {
		assertThatIllegalStateException().isThrownBy(() -> daprd(Map.of()).find())
			.withMessageContaining(why)
			.withMessageContaining("dapr init")
			.withMessageContaining("DAPRD")
			.withMessageContaining("install Go");
		assertThat(cached()).containsExactly("lock");
	}

	/** Without a Go module, so that nothing can be built. */
	private DaprdFinder daprd(Map<String, String> environment) {
		return new DaprdFinder(environment, this.home, this.home.resolve("no-module"), site(), this.progress::add);
	}

	private URI site() {
		return URI.create("http://127.0.0.1:" + this.site.getAddress().getPort() + "/");
	}

	private Path cache() {
		return this.home.resolve(".cache/dapr-kafka-bindings-quickstart/daprd/" + DaprdFinder.VERSION);
	}

	private List<String> cached() throws IOException {
		try (var list = Files.list(cache())) {
			return list.map((file) -> file.getFileName().toString()).toList();
		}
	}

	private void publish(byte[] archive, String checksum) {
		this.files.put("daprd.tar.gz", archive);
		this.files.put("daprd.tar.gz.sha256", (checksum + "  daprd.tar.gz\n").getBytes(StandardCharsets.UTF_8));
	}

	private static byte[] archive() throws IOException {
		var bytes = new ByteArrayOutputStream();
		var content = PROGRAM.getBytes(StandardCharsets.UTF_8);
		try (var tar = new TarArchiveOutputStream(new GzipCompressorOutputStream(bytes))) {
			var entry = new TarArchiveEntry("daprd");
			entry.setSize(content.length);
			entry.setModTime(0);
			tar.putArchiveEntry(entry);
			tar.write(content);
			tar.closeArchiveEntry();
		}
		return bytes.toByteArray();
	}

	private static Path program(Path path) throws IOException {
		return script(path, "echo " + DaprdFinder.VERSION);
	}

	private static Path script(Path path, String text) throws IOException {
		Files.createDirectories(path.getParent());
		Files.writeString(path, "#!/bin/sh\n" + text + "\n");
		assertThat(path.toFile().setExecutable(true)).isTrue();
		return path;
	}

}
