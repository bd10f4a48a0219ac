package io.dapr.quickstarts.bindings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.remote.NoSuchDriverException;

/**
 * A headless Chromium or Chrome: one that is installed, else one that Selenium Manager
 * fetches.
 */
final class Browser implements AutoCloseable {

	/** Warns that it does not know this Chromium's newest features; none is needed. */
	private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium");

	private final ChromeDriver driver;

	private Browser(ChromeDriver driver) {
		this.driver = driver;
	}

	/**
	 * Starts a browser.
	 * @throws NoSuchDriverException if none is installed and none can be fetched
	 * @throws WebDriverException if it cannot be started
	 */
	static Browser start() {
		SELENIUM.setLevel(Level.SEVERE);
		var options = new ChromeOptions();
		options.addArguments("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
				"--disable-background-networking", "--disable-component-update", "--disable-sync",
				"--disable-dev-shm-usage", "--window-size=1280,1100");
		return new Browser(new ChromeDriver(options));
	}

	void open(String address) {
		this.driver.get(address);
	}

	WebElement element(String selector) {
		return this.driver.findElement(By.cssSelector(selector));
	}

	List<WebElement> elements(String selector) {
		return this.driver.findElements(By.cssSelector(selector));
	}

	String text(String selector) {
		return element(selector).getText();
	}

	/** Reads a counter such as {@code arrived}; -1 if it shows no number. */
	long counter(String id) {
		var text = text("#" + id).replace(",", "");
		return text.matches("[0-9]+") ? Long.parseLong(text) : -1;
	}

	String state(String part) {
		return element("#" + part).getDomAttribute("data-state");
	}

	void press(String action) {
		element("button[data-action=" + action + "]").click();
	}

	boolean canPress(String action) {
		return elements("button[data-action=" + action + "]").stream()
			.anyMatch((button) -> "false".equals(button.getDomAttribute("aria-disabled")));
	}

	Object script(String script) {
		return this.driver.executeScript(script);
	}

	WebElement focused() {
		return this.driver.switchTo().activeElement();
	}

	/** Makes the window as narrow as a phone's, which no real window can be. */
	void resize(int width, int height) {
		this.driver.executeCdpCommand("Emulation.setDeviceMetricsOverride",
				Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
	}

	void prefer(String colorScheme) {
		this.driver.executeCdpCommand("Emulation.setEmulatedMedia",
				Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", colorScheme))));
	}

	void screenshot(Path file) {
		try {
			Files.write(file, this.driver.getScreenshotAs(OutputType.BYTES));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		this.driver.quit();
	}

}
