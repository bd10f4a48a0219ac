package io.dapr.quickstarts.bindings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.dapr.quickstarts.bindings.launcher.Project;
import io.dapr.quickstarts.bindings.launcher.dapr.Daprd;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the end-to-end tests need, made before the first of them: daprd, which may take
 * longer to fetch than any of them waits, and archives of the programs' classes.
 */
public class Preparation implements BeforeAllCallback {

	private static final Logger log = LoggerFactory.getLogger(Preparation.class);

	@Override
	public void beforeAll(ExtensionContext test) {
		if (test.getRequiredTestClass().getSimpleName().endsWith("IT")) {
			test.getRoot()
				.getStore(Namespace.create(Preparation.class))
				.computeIfAbsent(Archives.class, (key) -> prepare(), Archives.class);
		}
	}

	private static Archives prepare() {
		find();
		var archives = new Archives(Path.of(System.getProperty("quickstart.archives")));
		archives.make();
		return archives;
	}

	/** The sidecar's program, which is there by then. */
	static Path find() {
		return new Daprd(Project.current().daprdModule(), log::info).find();
	}

	/**
	 * The archives of all programs that the launcher starts, and of itself: 240 MB.
	 *
	 * @param folder holds them until the last test has ended
	 */
	private record Archives(Path folder) implements AutoCloseable {

		/** Anew: what they were made of may have been built again. */
		void make() {
			try {
				delete();
				Files.createDirectories(this.folder);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
			var log = TestKafka.temporaryFolder("archives-").resolve("launcher.log");
			try (var launcher = new Launcher(log, "--orders", "3", "--no-page")) {
				assertThat(launcher.start().awaitExit()).as("exit code, see " + log).isZero();
			}
		}

		private void delete() throws IOException {
			FileUtils.deleteDirectory(this.folder.toFile());
		}

		@Override
		public void close() throws IOException {
			delete();
		}

	}

}
