package io.dapr.quickstarts.bindings;

import java.nio.file.Path;

import io.dapr.quickstarts.bindings.launcher.Project;
import io.dapr.quickstarts.bindings.launcher.dapr.Daprd;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the end-to-end tests need, made before the first of them: daprd, which may take
 * longer to fetch than any of them waits, and the archives of the apps' classes.
 */
public class Preparation implements BeforeAllCallback {

	private static final Logger log = LoggerFactory.getLogger(Preparation.class);

	@Override
	public void beforeAll(ExtensionContext test) {
		if (test.getRequiredTestClass().getSimpleName().endsWith("IT")) {
			test.getRoot()
				.getStore(Namespace.create(Preparation.class))
				.computeIfAbsent(Path.class, (key) -> prepare(), Path.class);
		}
	}

	private static Path prepare() {
		ClassArchives.make();
		return find();
	}

	/** The sidecar's program, which is there by then. */
	static Path find() {
		return new Daprd(Project.current().daprdModule(), log::info).find();
	}

}
