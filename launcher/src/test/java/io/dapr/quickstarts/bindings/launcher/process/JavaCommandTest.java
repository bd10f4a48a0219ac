package io.dapr.quickstarts.bindings.launcher.process;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class JavaCommandTest {

	private static final long BUILT = 1_000_000;

	@TempDir
	private Path folder;

	private Path jar;

	private String archived;

	@BeforeEach
	void createJar() throws Exception {
		this.jar = written("app.jar", BUILT);
		this.archived = "-XX:SharedArchiveFile=" + JavaCommand.archive(this.jar);
	}

	@Test
	void aJarStartsFromItsArchive() throws Exception {
		written(JavaCommand.archive(this.jar).getFileName().toString(), BUILT + 1000);
		assertThat(JavaCommand.of("-Xmx64m", "-jar", this.jar.toString())).contains(this.archived);
		assertThat(JavaCommand.of("-cp", this.jar.toString(), "Main")).contains(this.archived);
		assertThat(JavaCommand.of("-cp", this.jar + File.pathSeparator + this.jar, "Main"))
			.doesNotContain(this.archived);
	}

	@Test
	void anArchiveOfAnEarlierBuildIsLeftOut() throws Exception {
		written(JavaCommand.archive(this.jar).getFileName().toString(), BUILT - 1000);
		assertThat(JavaCommand.of("-jar", this.jar.toString())).doesNotContain(this.archived);
	}

	@Test
	void aJarWithoutArchiveStartsFromItsClasses() {
		assertThat(JavaCommand.of("-jar", this.jar.toString())).doesNotContain(this.archived)
			.endsWith("-jar", this.jar.toString());
	}

	private Path written(String name, long time) throws Exception {
		var file = Files.createFile(this.folder.resolve(name));
		return Files.setLastModifiedTime(file, FileTime.fromMillis(time));
	}

}
