package io.dapr.quickstarts.bindings;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.dapr.quickstarts.bindings.launcher.Project;
import io.dapr.quickstarts.bindings.launcher.process.JavaCommand;
import io.dapr.quickstarts.bindings.launcher.process.ManagedProcess;
import io.dapr.quickstarts.bindings.launcher.process.Wait;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code ./quickstart} as a process of its own, as a user runs it. */
final class Launcher implements AutoCloseable {

	/** Generous: the machine may be busy. */
	static final Duration START_LIMIT = Duration.ofMinutes(3);

	private static final Duration STOP_LIMIT = Duration.ofSeconds(40);

	private static final Pattern TOKEN = Pattern.compile("name=\"token\" content=\"([0-9a-f]+)\"");

	private static final Pattern ADDRESS = Pattern.compile("^quickstart \\| (\\w+) at (http://\\S+)$");

	private final HttpClient http = HttpClient.newHttpClient();

	private final Map<String, String> addresses = new ConcurrentHashMap<>();

	private final List<String> lines = new CopyOnWriteArrayList<>();

	private final ManagedProcess process;

	/**
	 * Describes a run; it does not run yet.
	 * @param log the file for what it prints
	 * @param options the command's options
	 */
	Launcher(Path log, String... options) {
		var project = Project.current();
		var command = Stream
			.of(Stream.of(JavaCommand.java().toString(), "-XX:TieredStopAtLevel=1",
					"-Dquickstart.home=" + project.home()),
					Preparation.archives().map((folder) -> "-Dquickstart.archives=" + folder).stream(),
					JavaCommand.classArchive("launcher"),
					Stream.of("-jar", project.home().resolve("launcher/target/launcher.jar").toString()),
					Stream.of(options))
			.flatMap(Function.identity())
			.toList();
		this.process = new ManagedProcess("the quickstart", command, Commands.userEnvironment(), log, this::read);
	}

	/**
	 * Starts the run in another folder.
	 * @param directory the folder, in which Spring Boot looks for settings too
	 * @return this
	 */
	Launcher startIn(Path directory) {
		this.process.in(directory);
		return start();
	}

	private void read(String line) {
		this.lines.add(line);
		var address = ADDRESS.matcher(line);
		if (address.find()) {
			this.addresses.put(address.group(1), address.group(2));
		}
	}

	/**
	 * Starts the run.
	 * @return this
	 */
	Launcher start() {
		this.process.start();
		return this;
	}

	/**
	 * Where something is served, as soon as the launcher has said so.
	 * @param what as the launcher calls it, such as page
	 * @return the address
	 */
	String address(String what) {
		return address(what, START_LIMIT);
	}

	/**
	 * Where something is served, as soon as the launcher has said so.
	 * @param what as the launcher calls it, such as page
	 * @param limit how long that may take
	 * @return the address
	 */
	String address(String what, Duration limit) {
		Wait.until("the launcher tells the address of the " + what + ", see " + this.process.log(), limit,
				() -> this.addresses.containsKey(what));
		return this.addresses.get(what);
	}

	/**
	 * Waits for a line of its own.
	 * @param text how the line begins, behind "quickstart | "
	 * @return the line, from there on
	 */
	String awaitLine(String text) {
		return awaitLine(text, 0);
	}

	/**
	 * Waits for a line of its own.
	 * @param text how the line begins, behind "quickstart | "
	 * @param after how many lines are passed over
	 * @return the line, from there on
	 */
	String awaitLine(String text, int after) {
		var begin = "quickstart | " + text;
		Wait.until("the line \"%s…\", see %s".formatted(begin, this.process.log()), START_LIMIT,
				() -> this.lines.stream().skip(after).anyMatch((line) -> line.startsWith(begin)));
		return this.lines.stream()
			.skip(after)
			.filter((line) -> line.startsWith(begin))
			.findFirst()
			.orElseThrow()
			.substring("quickstart | ".length());
	}

	/**
	 * Waits for a line.
	 * @param regex what the whole line matches
	 */
	void awaitMatch(String regex) {
		Wait.until("a line that matches \"%s\", see %s".formatted(regex, this.process.log()), START_LIMIT,
				() -> this.lines.stream().anyMatch((line) -> line.matches(regex)));
	}

	/**
	 * All that it has printed.
	 * @return the lines so far
	 */
	List<String> lines() {
		return List.copyOf(this.lines);
	}

	/**
	 * Waits for its end.
	 * @return the exit code
	 */
	int awaitExit() {
		assertThat(this.process.awaitExit(START_LIMIT)).as("ended, see " + this.process.log()).isTrue();
		return this.process.exitCode();
	}

	/**
	 * Asks for what the page shows.
	 * @return the state, as the page's script gets it
	 */
	JsonNode state() throws IOException, InterruptedException {
		return new JsonMapper().readTree(send(HttpRequest.newBuilder(URI.create(address("page") + "/state"))));
	}

	/**
	 * Presses a button of the page.
	 * @param action what the button does, such as burst
	 * @return why it can't be pressed, empty if it was
	 */
	String press(String action) throws IOException, InterruptedException {
		var page = send(HttpRequest.newBuilder(URI.create(address("page"))));
		var token = TOKEN.matcher(page);
		assertThat(token.find()).isTrue();
		return send(HttpRequest.newBuilder(URI.create(address("page") + "/actions/" + action))
			.header("X-Page-Token", token.group(1))
			.POST(HttpRequest.BodyPublishers.noBody()));
	}

	private String send(HttpRequest.Builder request) throws IOException, InterruptedException {
		return this.http.send(request.timeout(START_LIMIT).build(), HttpResponse.BodyHandlers.ofString()).body();
	}

	/** Stops it in its tracks. */
	void freeze() {
		this.process.freeze();
	}

	/** Lets it go on after {@link #freeze}. */
	void thaw() {
		this.process.thaw();
	}

	/**
	 * Whether it goes on.
	 * @return false if it has ended
	 */
	boolean isRunning() {
		return this.process.isRunning();
	}

	/**
	 * What it printed last.
	 * @param count how many lines at most
	 * @return the lines, oldest first
	 */
	List<String> lastLines(int count) {
		return this.process.lastLines(count);
	}

	@Override
	public void close() {
		this.process.stop(STOP_LIMIT);
	}

}
