package io.dapr.quickstarts.bindings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;

import io.dapr.quickstarts.bindings.launcher.Project;
import io.dapr.quickstarts.bindings.launcher.dapr.DaprdFinder;
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
				.computeIfAbsent(AutoCloseable.class, (key) -> prepare(), AutoCloseable.class);
		}
	}

	/** The sidecar's program, which is there by then. */
	static Path find() {
		return new DaprdFinder(Project.current().daprdModule(), log::info).find();
	}

	/** The folder for the archives, empty where there are none, such as in an IDE. */
	static Optional<Path> archives() {
		return Optional.ofNullable(System.getProperty("quickstart.archives")).map(Path::of);
	}

	/** What it gives deletes the archives, 250 MB, when the last test has ended. */
	private static AutoCloseable prepare() {
		find();
		archives().ifPresent(Preparation::makeArchives);
		return () -> archives().ifPresent(Preparation::delete);
	}

	/** Each time: the jars may have been built again. */
	private static void makeArchives(Path folder) {
		delete(folder);
		folder.toFile().mkdirs();
		var log = TestKafka.temporaryFolder("archives-").resolve("launcher.log");
		try (var launcher = new Launcher(log, "--orders", "3", "--no-page")) {
			assertThat(launcher.start().awaitExit()).as("exit code, see " + log).isZero();
		}
	}

	private static void delete(Path folder) {
		try {
			FileUtils.deleteDirectory(folder.toFile());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
