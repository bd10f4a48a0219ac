package io.dapr.quickstarts.bindings;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/** A headless Chromium that is on this machine already; nothing is downloaded. */
final class Browser implements AutoCloseable {

	private static final List<String> FOLDERS = List.of("/usr/bin", "/usr/local/bin", "/usr/lib/chromium",
			"/usr/lib/chromium-browser", "/snap/bin", "/opt/homebrew/bin", "/Applications/Chromium.app/Contents/MacOS",
			"/Applications/Google Chrome.app/Contents/MacOS");

	/** Warns that it does not know this Chromium's newest features; none is needed. */
	private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium");

	private final ChromeDriver driver;

	private Browser(ChromeDriver driver) {
		this.driver = driver;
	}

	static Browser start() {
		SELENIUM.setLevel(Level.SEVERE);
		var options = new ChromeOptions();
		options.setBinary(find("chromium", "chromium-browser", "google-chrome", "Chromium", "Google Chrome").toFile());
		options.addArguments("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
				"--disable-background-networking", "--disable-component-update", "--disable-sync",
				"--disable-dev-shm-usage", "--window-size=1280,1100");
		var service = new ChromeDriverService.Builder().usingDriverExecutable(find("chromedriver").toFile())
			.usingAnyFreePort()
			.build();
		return new Browser(new ChromeDriver(service, options));
	}

	private static Path find(String... names) {
		var path = Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator));
		var folders = Stream.concat(path, FOLDERS.stream()).toList();
		return Arrays.stream(names)
			.flatMap((name) -> folders.stream().map((folder) -> Path.of(folder, name)))
			.filter(Files::isExecutable)
			.findFirst()
			.orElseThrow(() -> new IllegalStateException(
					"There is no %s; install it (Debian: apt-get install ".formatted(names[0])
							+ "chromium chromium-driver), or leave the page untested with -Dpage.browser=none"));
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
