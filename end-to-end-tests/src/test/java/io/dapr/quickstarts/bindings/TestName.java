package io.dapr.quickstarts.bindings;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

import io.dapr.quickstarts.bindings.launcher.process.Background;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Keeps apart what tests that run at the same time leave behind: log lines begin with the
 * test's name, and its files lie in a folder of that name.
 */
public class TestName implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback {

	private static final String KEY = "test";

	private static final Path FOLDER = Path.of("target", "it").toAbsolutePath();

	private static final Logger log = LoggerFactory.getLogger(TestName.class);

	@Override
	public void beforeAll(ExtensionContext test) {
		MDC.put(KEY, test.getRequiredTestClass().getSimpleName());
	}

	@Override
	public void beforeEach(ExtensionContext test) {
		MDC.put(KEY, test.getRequiredTestClass().getSimpleName() + "." + test.getRequiredTestMethod().getName());
	}

	@Override
	public void afterEach(ExtensionContext test) {
		test.getExecutionException()
			.ifPresent((ex) -> log.error("{} failed; its logs are in {}*", test.getDisplayName(),
					FOLDER.resolve(test.getRequiredTestClass().getSimpleName())));
		beforeAll(test);
	}

	/** Runs a part of the test that this thread runs in another thread. */
	static CompletableFuture<Void> inBackground(Runnable part) {
		var name = MDC.getCopyOfContextMap();
		return Background.run(() -> {
			MDC.setContextMap(name);
			part.run();
		});
	}

	/** The folder for the files of the test that this thread runs. */
	static Path folder() {
		return FOLDER.resolve(String.valueOf(MDC.get(KEY)));
	}

}
