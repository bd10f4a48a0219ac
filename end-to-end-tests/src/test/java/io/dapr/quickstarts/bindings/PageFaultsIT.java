package io.dapr.quickstarts.bindings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Presses the page's buttons at random, for one minute or as long as the system property
 * {@code page.faults} says ({@code -Dpage.faults=PT10M}), and in the order of an earlier
 * run with {@code -Dpage.seed}.
 */
@InBrowser
class PageFaultsIT {

	private static final Duration LENGTH = Duration.parse(System.getProperty("page.faults", "PT1M"));

	/** Then a frozen consumer may hold up the whole path. */
	private static final Duration LONGEST_FREEZE = Duration.ofSeconds(10);

	/** On a slow machine; a run that presses less often proves little. */
	private static final Duration LONGEST_PRESS_INTERVAL = Duration.ofSeconds(10);

	private static final List<String> ACTIONS = List.of("kill-producer", "kill-producer-sidecar", "kill-kafka",
			"kill-consumer-sidecar", "kill-consumer", "freeze-consumer", "continue-consumer", "burst", "malformed");

	/** Bursts may have piled up. */
	private static final Duration BACKLOG_LIMIT = Duration.ofMinutes(10);

	private static final Logger log = LoggerFactory.getLogger(PageFaultsIT.class);

	private final Path folder = TestKafka.temporaryFolder("page-");

	@Test
	void nothingIsLostWhateverIsPressed() {
		var seed = Long.getLong("page.seed", System.nanoTime());
		log.warn("The same presses come with -Dpage.seed={}", seed);
		try (var browser = Browser.start();
				var launcher = new Launcher(this.folder.resolve("launcher.log"), "--interval-ms", "100").start()) {
			browser.open(launcher.address("page"));
			await().until(() -> browser.canPress("kill-kafka"));
			var pressed = press(browser, launcher, new Random(seed));
			awaitCalm(browser);
			var result = "pressed %s in %s (seed %d); sent %d, received %d, redelivered %d, lost %d, handled twice %d, out of order %d"
				.formatted(pressed, LENGTH, seed, browser.counter("sent"), browser.counter("received"),
						browser.counter("redelivered"), browser.counter("lost"), browser.counter("handledTwice"),
						browser.counter("outOfOrder"));
			log.warn(result);
			assertThat(pressed.values().stream().mapToInt(Integer::intValue).sum()).as(result)
				.isGreaterThan((int) LENGTH.dividedBy(LONGEST_PRESS_INTERVAL));
			assertThat(browser.counter("lost")).as(result).isZero();
			assertThat(browser.counter("handledTwice")).as(result).isZero();
			assertThat(browser.counter("outOfOrder")).as(result).isZero();
			assertThat(browser.counter("malformed")).as(result)
				.isGreaterThanOrEqualTo(pressed.getOrDefault("malformed", 0));
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
			var drawn = ACTIONS.get(random.nextInt(ACTIONS.size()));
			var action = thaw ? "continue-consumer" : drawn;
			if (isSensible(browser, action)) {
				browser.press(action);
				pressed.merge(action, 1, Integer::sum);
			}
		}
		return pressed;
	}

	/** Kills only what is running, else nothing would ever get through. */
	private static boolean isSensible(Browser browser, String action) {
		return browser.canPress(action)
				&& (!action.startsWith("kill-") || browser.state(action.substring("kill-".length())).equals("RUNNING"));
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
		await().atMost(BACKLOG_LIMIT)
			.until(() -> browser.counter("received") >= accepted && browser.counter("effects") >= accepted);
		// What lies before this is settled once its outcome is told.
		var last = browser.text("#events li");
		browser.press("malformed");
		await().until(() -> browser.text("#events li").contains("After a malformed record")
				&& !browser.text("#events li").equals(last));
	}

	private static void pause(Duration time) {
		Awaitility.await().pollDelay(time).atMost(time.plusSeconds(10)).until(() -> true);
	}

	private static ConditionFactory await() {
		return Awaitility.await().atMost(Duration.ofMinutes(3)).pollInterval(Duration.ofMillis(200)).ignoreExceptions();
	}

}
