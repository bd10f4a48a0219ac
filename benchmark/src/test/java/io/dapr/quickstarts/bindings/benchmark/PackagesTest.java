package io.dapr.quickstarts.bindings.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class PackagesTest {

	private static final Function<String, String[]> INSTALL = (
			folder) -> new String[] { "sh", "-c", "mkdir \"$0/node_modules\"", folder };

	private final List<String> progress = new ArrayList<>();

	@TempDir
	private Path folder;

	private Path manifest;

	private Packages packages;

	@BeforeEach
	void writeManifest() throws IOException {
		this.manifest = Files.writeString(this.folder.resolve("package.json"), "express 4");
		this.packages = new Packages(this.folder.resolve("cache"), this.progress::add);
	}

	@Test
	void installsOnce() {
		var first = this.packages.install("express", this.manifest, INSTALL);
		var second = this.packages.install("express", this.manifest, INSTALL);

		assertThat(first).isEqualTo(second).isEqualTo(this.folder.resolve("cache/express"));
		assertThat(first.resolve("node_modules")).isDirectory();
		assertThat(this.progress).hasSize(1);
	}

	@Test
	void installsAgainWhenTheManifestHasChanged() throws IOException {
		this.packages.install("express", this.manifest, INSTALL);
		Files.writeString(this.manifest, "express 5");

		var second = this.packages.install("express", this.manifest, INSTALL);

		assertThat(second.resolve("package.json")).hasContent("express 5");
		assertThat(this.progress).hasSize(2);
	}

	@Test
	void saysWhyAnInstallationFailedAndTriesItAgainNextTime() {
		assertThatIllegalStateException().isThrownBy(
				() -> this.packages.install("express", this.manifest, (folder) -> new String[] { "no-such-program" }))
			.withMessageStartingWith("no-such-program is not installed");
		assertThatIllegalStateException()
			.isThrownBy(() -> this.packages.install("express", this.manifest,
					(folder) -> new String[] { "sh", "-c", "echo one; echo no network; exit 1" }))
			.withMessage("sh has failed: no network");

		assertThat(this.packages.install("express", this.manifest, INSTALL).resolve("node_modules")).isDirectory();
	}

}
