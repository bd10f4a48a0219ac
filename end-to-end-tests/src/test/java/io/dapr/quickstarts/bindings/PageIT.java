package io.dapr.quickstarts.bindings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import io.dapr.quickstarts.bindings.launcher.process.FreePorts;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

import static org.assertj.core.api.Assertions.assertThat;

/** The page in a real browser, beside a real run that the tests share. */
@InBrowser
class PageIT {

	/** How many orders the button sends. */
	private static final int BURST = 1000;

	private static Launcher launcher;

	private static Browser browser;

	@BeforeAll
	static void start() {
		browser = Browser.start();
		launcher = new Launcher(TestKafka.temporaryFolder("page-").resolve("launcher.log"), "--interval-ms", "200")
			.start();
	}

	@AfterAll
	static void stop() {
		if (browser != null) {
			browser.close();
		}
		if (launcher != null) {
			launcher.close();
		}
	}

	@BeforeEach
	void open() {
		browser.resize(1280, 1600);
		browser.prefer("light");
		browser.open(launcher.address("page"));
		// All services are running, and none has to wait for another test's fault.
		await().until(() -> browser.canPress("kill-kafka") && browser.canPress("freeze-consumer"));
	}

	@Test
	void anOrderIsSeenToBeReceived() {
		var before = browser.counter("received");
		await().until(() -> browser.counter("received") > before + 5);
		assertThat(browser.elements("#orders tr")).isNotEmpty();
		for (var service : List.of("producer", "producer-sidecar", "kafka", "consumer-sidecar", "consumer")) {
			assertThat(browser.state(service)).isEqualTo("RUNNING");
			assertThat(browser.text("#" + service + " .facts")).matches("process \\d+, \\d+ MB");
		}
		await().until(() -> browser.counter("effects") > before + 5);
		assertThat(browser.counter("handledTwice")).isZero();
		assertThat(browser.counter("lost")).isZero();
	}

	@Test
	void theBrokerIsKilledAndComesBackAndNothingIsLost() {
		// For a picture that shows the time before, too.
		await().until(() -> browser.counter("received") > 100);
		var process = browser.text("#kafka .facts");
		var received = browser.counter("received");
		browser.press("kill-kafka");
		await().until(() -> browser.state("kafka").equals("DOWN"));
		await().until(() -> browser.state("kafka").equals("RUNNING"));
		assertThat(browser.text("#kafka .facts")).isNotEqualTo(process);
		await().until(() -> browser.text("#events").contains("After the death of Kafka: nothing is lost"));
		await().until(() -> browser.counter("received") > received + 20);
		assertThat(browser.counter("lost")).isZero();
		assertThat(browser.counter("outOfOrder")).isZero();
		browser.screenshot(Path.of("target", "page.png"));
	}

	@Test
	void aFrozenConsumerLetsOrdersWaitUntilItContinues() {
		browser.press("freeze-consumer");
		await().until(() -> browser.state("consumer").equals("FROZEN"));
		await().until(() -> browser.counter("lag") > 5);
		browser.press("continue-consumer");
		await().until(() -> browser.state("consumer").equals("RUNNING"));
		await().until(() -> browser.text("#events").contains("After the freeze of the consumer: nothing is lost"));
		assertThat(browser.counter("lost")).isZero();
	}

	@Test
	void whatStandsStillIsShownInItsBox() {
		browser.press("freeze-consumer");
		await().until(() -> browser.text("#consumer .standstill")
			.startsWith("is frozen; no order has been delivered for 15 s, "));
		await().until(() -> browser.text("#events").contains("for 15 s, "));
		browser.screenshot(Path.of("target", "page-standstill.png"));
		browser.press("continue-consumer");
		await().until(() -> browser.text("#consumer .standstill").isEmpty());
		await().until(() -> browser.text("#events").contains("Orders are delivered again."));
	}

	@Test
	void aLauncherThatIsBusyIsNotTakenForGone() {
		var received = browser.counter("received");
		launcher.freeze();
		try {
			// Longer than anything that the page waits for between two questions.
			Awaitility.await()
				.during(Duration.ofSeconds(6))
				.atMost(Duration.ofSeconds(60))
				.until(() -> !browser.element("#gone").isDisplayed());
		}
		finally {
			launcher.thaw();
		}
		await().until(() -> browser.counter("received") > received);
	}

	@Test
	void aBurstIsReceivedWholeAndAMalformedRecordIsRejected() {
		var received = browser.counter("received");
		var malformed = browser.counter("malformed");
		browser.press("malformed");
		browser.press("burst");
		await().until(() -> browser.counter("received") >= received + BURST);
		// On a slow machine its dead letter may be written twice.
		await().until(() -> browser.counter("malformed") > malformed);
		await().until(() -> browser.text("#events").contains("After a burst of 1,000 orders: nothing is lost"));
		assertThat(browser.counter("lost")).isZero();
	}

	@Test
	void aButtonIsReachedAndPressedByKeyboard() {
		var killer = browser.element("button[data-action=kill-producer]");
		for (var presses = 0; presses < 5 && !browser.focused().equals(killer); presses++) {
			browser.focused().sendKeys(Keys.TAB);
		}
		assertThat(browser.focused()).isEqualTo(killer);
		killer.sendKeys(Keys.ENTER);
		await().until(() -> browser.state("producer").equals("DOWN"));
		killer.sendKeys(Keys.ENTER);
		await().until(() -> browser.text("#answer").equals("It is down already."));
		await().until(() -> browser.state("producer").equals("RUNNING"));
	}

	@Test
	void aNarrowDarkPageFits() {
		browser.resize(360, 2800);
		browser.prefer("dark");
		var received = browser.counter("received");
		await().until(() -> browser.counter("received") > received);
		assertThat(
				browser.script("return document.documentElement.scrollWidth <= document.documentElement.clientWidth"))
			.isEqualTo(true);
		assertThat(browser.script("return getComputedStyle(document.body).backgroundColor"))
			.isEqualTo("rgb(13, 17, 23)");
		browser.screenshot(Path.of("target", "page-narrow.png"));
	}

	@Test
	void saysThatTheLauncherIsGoneAndFindsTheNextOne() {
		var port = Integer.toString(FreePorts.any());
		var options = new String[] { "--port", port, "--interval-ms", "200" };
		var folder = TestKafka.temporaryFolder("page-");
		try (var first = new Launcher(folder.resolve("first.log"), options).start()) {
			browser.open(first.address("page"));
			await().until(() -> browser.counter("received") > 0);
		}
		await().until(() -> browser.element("#gone").isDisplayed());
		assertThat(browser.text("#gone")).contains("Start ./quickstart again");
		try (var second = new Launcher(folder.resolve("second.log"), options).start()) {
			assertThat(second.address("page")).endsWith(":" + port);
			await().until(() -> !browser.element("#gone").isDisplayed());
			// Its token is another one, which the page has to know.
			await().until(() -> browser.canPress("kill-consumer"));
			browser.press("kill-consumer");
			await().until(() -> browser.state("consumer").equals("DOWN"));
		}
	}

	/** The page may be drawn anew while it is looked at: then it is asked again. */
	private static ConditionFactory await() {
		return Awaitility.await().atMost(Launcher.START_LIMIT).pollInterval(Duration.ofMillis(100)).ignoreExceptions();
	}

}
