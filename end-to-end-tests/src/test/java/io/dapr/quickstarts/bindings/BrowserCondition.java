package io.dapr.quickstarts.bindings;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.remote.NoSuchDriverException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static org.junit.jupiter.api.extension.ConditionEvaluationResult.disabled;
import static org.junit.jupiter.api.extension.ConditionEvaluationResult.enabled;

/**
 * Leaves out the tests that need a browser where none can be started. The system property
 * {@code page.browser} is {@code auto} for that, {@code required} for an error instead,
 * or {@code none} to leave them out anyway.
 */
class BrowserCondition implements ExecutionCondition {

	private static final Logger log = LoggerFactory.getLogger(BrowserCondition.class);

	/** Asks once for all tests. */
	@Override
	public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext test) {
		return test.getRoot()
			.getStore(Namespace.create(BrowserCondition.class))
			.computeIfAbsent(ConditionEvaluationResult.class, (key) -> evaluate(), ConditionEvaluationResult.class);
	}

	private static ConditionEvaluationResult evaluate() {
		var wanted = System.getProperty("page.browser", "auto");
		return switch (wanted) {
			case "none" -> disabled("-Dpage.browser is none");
			case "required" -> start();
			case "auto" -> startIfThereIsOne();
			default -> throw new IllegalArgumentException(
					"-Dpage.browser is \"" + wanted + "\"; expected auto, required or none");
		};
	}

	private static ConditionEvaluationResult start() {
		Browser.start().close();
		return enabled("a browser has been started");
	}

	private static ConditionEvaluationResult startIfThereIsOne() {
		try {
			return start();
		}
		catch (NoSuchDriverException ex) {
			return skip("no Chromium or Chrome with its driver is installed, and none can be downloaded");
		}
		catch (WebDriverException ex) {
			return skip("the browser cannot be started: " + ex.getRawMessage().lines().findFirst().orElse(""));
		}
	}

	private static ConditionEvaluationResult skip(String reason) {
		log.warn("The tests of the page are skipped: {}", reason);
		return disabled(reason);
	}

}
