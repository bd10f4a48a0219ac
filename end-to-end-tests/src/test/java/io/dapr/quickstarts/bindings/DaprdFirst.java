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
 * Has daprd fetched before the first end-to-end test: that may take longer than any of
 * them waits.
 */
public class DaprdFirst implements BeforeAllCallback {

	private static final Logger log = LoggerFactory.getLogger(DaprdFirst.class);

	@Override
	public void beforeAll(ExtensionContext test) {
		if (test.getRequiredTestClass().getSimpleName().endsWith("IT")) {
			test.getRoot()
				.getStore(Namespace.create(DaprdFirst.class))
				.computeIfAbsent(Path.class, (key) -> find(), Path.class);
		}
	}

	/** The sidecar's program, which is there by then. */
	static Path find() {
		return new Daprd(Project.current().daprdModule(), log::info).find();
	}

}
