package io.dapr.quickstarts.bindings.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class WorkFolderTest {

	@TempDir
	private Path parent;

	@Test
	void deletesAllThatItHolds() throws IOException {
		var folder = WorkFolder.create(this.parent);
		Files.writeString(Files.createDirectories(folder.path().resolve("kafka-data/sample-0")).resolve("0.index"),
				"x");

		folder.delete();

		assertThat(this.parent).isEmptyDirectory();
	}

	@Test
	void keepsTheEndsOfTheLogsOfAFailedRun() throws IOException {
		var folder = WorkFolder.create(this.parent);
		Files.writeString(Files.createDirectories(folder.path().resolve("kafka-data/sample-0")).resolve("0.log"), "x");
		Files.writeString(folder.path().resolve("short.log"), "all of it");
		Files.writeString(folder.path().resolve("long.log"), "x".repeat(1_000_000) + "the end");

		folder.keepLogs();

		try (var left = Files.walk(folder.path())) {
			assertThat(left.filter(Files::isRegularFile)).extracting((file) -> file.getFileName().toString())
				.containsExactlyInAnyOrder("short.log", "long.log");
		}
		assertThat(folder.path().resolve("kafka-data")).doesNotExist();
		assertThat(folder.path().resolve("short.log")).hasContent("all of it");
		assertThat(folder.path().resolve("long.log")).hasSize(100_000).content().endsWith("the end");
	}

	@Test
	void deletesWhatKilledRunsHaveLeftAndNothingElse() throws Exception {
		var ended = new ProcessBuilder("true").start();
		ended.waitFor();
		var abandoned = Files.createDirectory(this.parent.resolve("quickstart-benchmark-%d-1".formatted(ended.pid())));
		var running = WorkFolder.create(this.parent).path();
		var others = Files.createDirectory(this.parent.resolve("quickstart-1"));

		var folder = WorkFolder.create(this.parent);

		assertThat(abandoned).doesNotExist();
		assertThat(List.of(running, others, folder.path())).allMatch(Files::isDirectory);
	}

}
