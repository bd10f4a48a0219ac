package io.dapr.quickstarts.bindings.launcher.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Another user's files are in MachinesIT, which needs root to make them. */
class UserFoldersTest {

	private static final Path TEMPORARY_FILES = Path.of(System.getProperty("java.io.tmpdir"));

	@TempDir
	private Path folder;

	@Test
	void theCacheIsInTheHomeFolderOrWhereTheUserHasIt() {
		assertThat(UserFolders.cache(Map.of(), this.folder)).isDirectory().startsWith(this.folder.resolve(".cache"));
		assertThat(UserFolders.cache(Map.of("XDG_CACHE_HOME", this.folder.resolve("cache").toString()), this.folder))
			.isDirectory()
			.startsWith(this.folder.resolve("cache"));
	}

	@Test
	void withoutAHomeFolderTheCacheIsInTheFolderForTemporaryFiles() throws IOException {
		Files.createFile(this.folder.resolve(".cache"));
		assertThat(UserFolders.cache(Map.of(), this.folder)).isDirectory().startsWith(TEMPORARY_FILES);
	}

	@Test
	void severalRunsShareAFolderThatNoOtherUserCanRead() throws IOException {
		var shared = UserFolders.shared(this.folder);
		assertThat(UserFolders.shared(this.folder)).isEqualTo(shared).startsWith(this.folder);
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(shared))).isEqualTo("rwx------");
		assertThat(shared).isEmptyDirectory();
	}

	@Test
	void aLinkInItsPlaceIsNotFollowed() throws IOException {
		var shared = UserFolders.shared(this.folder);
		Files.delete(shared);
		var elsewhere = Files.createDirectory(this.folder.resolve("elsewhere"));
		Files.createSymbolicLink(shared, elsewhere);
		var other = UserFolders.shared(this.folder);
		assertThat(other).isDirectory().isNotEqualTo(shared);
		Files.delete(other);
		assertThat(elsewhere).isEmptyDirectory();
	}

}
