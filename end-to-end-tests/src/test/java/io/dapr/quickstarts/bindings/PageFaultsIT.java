package io.dapr.quickstarts.bindings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.TreeMap;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.StaleElementReferenceException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Presses the page's buttons at random, for one minute or as long as the system property
 * {@code page.faults} says ({@code -Dpage.faults=PT10M}).
 */
@InBrowser
class PageFaultsIT {

	private static final Duration LENGTH = Duration.parse(System.getProperty("page.faults", "PT1M"));

	/** Then a frozen consumer may hold up the whole path. */
	private static final Duration LONGEST_FREEZE = Duration.ofSeconds(10);

	/** On a slow machine; a run that presses less often proves little. */
	private static final Duration LONGEST_PRESS_INTERVAL = Duration.ofSeconds(10);

	/** Bursts may have piled up. */
	private static final Duration BACKLOG_LIMIT = Duration.ofMinutes(10);

	private static final Logger log = LoggerFactory.getLogger(PageFaultsIT.class);

	@TempDir
	private Path folder;

	@Test
	void nothingIsLostWhateverIsPressed() {
		var seed = System.nanoTime();
		try (var browser = Browser.start();
				var launcher = new Launcher(this.folder.resolve("launcher.log"), "--interval-ms", "100").start()) {
			browser.open(launcher.address("page"));
			await().until(() -> browser.canPress("kill-kafka"));
			var pressed = press(browser, launcher, new Random(seed));
			awaitCalm(browser);
			var result = "pressed %s in %s (seed %d); sent %d, arrived %d, delivered again %d, lost %d, out of order %d"
				.formatted(pressed, LENGTH, seed, browser.counter("sent"), browser.counter("arrived"),
						browser.counter("repeated"), browser.counter("lost"), browser.counter("outOfOrder"));
			log.warn(result);
			assertThat(pressed.values().stream().mapToInt(Integer::intValue).sum()).as(result)
				.isGreaterThan((int) LENGTH.dividedBy(LONGEST_PRESS_INTERVAL));
			assertThat(browser.counter("lost")).as(result).isZero();
			assertThat(browser.counter("outOfOrder")).as(result).isZero();
			assertThat(browser.counter("rejected")).as(result)
				.isGreaterThanOrEqualTo(pressed.getOrDefault("unreadable", 0));
		}
	}

	private static TreeMap<String, Integer> press(Browser browser, Launcher launcher, Random random) {
		var pressed = new TreeMap<String, Integer>();
		var end = System.nanoTime() + LENGTH.toNanos();
		var frozen = 0L;
		while (System.nanoTime() < end) {
			pause(Duration.ofMillis(200 + random.nextInt(4000)));
			assertThat(launcher.isRunning())
				.as("the launcher has ended: %s, pressed %s", launcher.lastLines(20), pressed)
				.isTrue();
			if (!browser.canPress("continue-consumer")) {
				frozen = 0;
			}
			else if (frozen == 0) {
				frozen = System.nanoTime();
			}
			var thaw = frozen != 0 && System.nanoTime() - frozen > LONGEST_FREEZE.toNanos();
			var action = thaw ? "continue-consumer" : any(browser, random);
			if (browser.canPress(action)) {
				browser.press(action);
				pressed.merge(action, 1, Integer::sum);
			}
		}
		return pressed;
	}

	/** Kills only what runs, else nothing would ever get through. */
	private static String any(Browser browser, Random random) {
		try {
			var actions = browser.elements("button[aria-disabled=false]")
				.stream()
				.map((button) -> button.getDomAttribute("data-action"))
				.filter((action) -> !action.startsWith("kill-")
						|| browser.state(action.substring("kill-".length())).equals("RUNNING"))
				.toList();
			return actions.isEmpty() ? "burst" : actions.get(random.nextInt(actions.size()));
		}
		catch (StaleElementReferenceException ex) {
			return "burst";
		}
	}

	/** Waits until all is repaired and all that was accepted until then has come. */
	private static void awaitCalm(Browser browser) {
		await().until(() -> {
			if (browser.canPress("continue-consumer")) {
				browser.press("continue-consumer");
			}
			return browser.canPress("kill-kafka") && browser.canPress("freeze-consumer")
					&& browser.state("producer").equals("RUNNING")
					&& browser.state("producer-sidecar").equals("RUNNING")
					&& browser.state("consumer-sidecar").equals("RUNNING");
		});
		var accepted = browser.counter("accepted");
		await().atMost(BACKLOG_LIMIT).until(() -> browser.counter("arrived") >= accepted);
		// What lies before this is settled once its outcome is told.
		var last = browser.text("#events li");
		browser.press("unreadable");
		await().until(() -> browser.text("#events li").contains("After something unreadable")
				&& !browser.text("#events li").equals(last));
	}

	private static void pause(Duration time) {
		Awaitility.await().pollDelay(time).atMost(time.plusSeconds(10)).until(() -> true);
	}

	private static ConditionFactory await() {
		return Awaitility.await().atMost(Duration.ofMinutes(3)).pollInterval(Duration.ofMillis(200)).ignoreExceptions();
	}

}
