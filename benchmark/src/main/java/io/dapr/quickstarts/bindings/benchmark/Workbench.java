package io.dapr.quickstarts.bindings.benchmark;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.dapr.quickstarts.bindings.launcher.Apps;
import io.dapr.quickstarts.bindings.launcher.Project;
import io.dapr.quickstarts.bindings.launcher.dapr.ComponentFiles;
import io.dapr.quickstarts.bindings.launcher.dapr.Sidecar;
import io.dapr.quickstarts.bindings.launcher.kafka.EmbeddedKafka;
import io.dapr.quickstarts.bindings.launcher.kafka.Topics;
import io.dapr.quickstarts.bindings.launcher.process.FreePorts;

/**
 * What all measurements share: a broker, a sidecar for the producers, and the means to
 * start what is measured. Closing it ends all that was started with it.
 */
final class Workbench implements AutoCloseable {

	private static final Duration SIDECAR_LIMIT = Duration.ofSeconds(60);

	private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

	private final Project project;

	private final Path daprd;

	private final Consumer<String> progress;

	private final Path folder;

	private final EmbeddedKafka kafka;

	private final Deque<AutoCloseable> started = new ArrayDeque<>();

	private Sidecar producerSidecar;

	private int topics;

	/**
	 * Prepares a workbench; nothing runs yet.
	 * @param project the checkout with the jars of the apps
	 * @param daprd the program of the sidecar
	 * @param progress is told what happens
	 */
	Workbench(Project project, Path daprd, Consumer<String> progress) {
		this.project = project;
		this.daprd = daprd;
		this.progress = progress;
		try {
			this.folder = Files.createTempDirectory("quickstart-benchmark-");
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Cannot create a folder for the benchmark: " + ex.getMessage(), ex);
		}
		this.kafka = new EmbeddedKafka(FreePorts.any(), this.folder, (line) -> {
		});
	}

	/** Starts the broker and the producers' sidecar. */
	void start() {
		this.progress.accept("what the programs print is in " + this.folder);
		this.kafka.start();
		closeLater(this.kafka::stop);
		try (var orders = new Topics(this.kafka.bootstrapServers())) {
			orders.createForOrders(Topics.ORDERS, 1);
		}
		this.producerSidecar = startProducerSidecar(Topics.ORDERS, Optional.empty());
	}

	/** The folder for what the programs need and print. */
	Path folder() {
		return this.folder;
	}

	/** The checkout with the jars of the apps. */
	Project project() {
		return this.project;
	}

	/** Tells the user what happens. */
	void say(String line) {
		this.progress.accept(line);
	}

	/** Where the broker listens, host:port. */
	String bootstrapServers() {
		return this.kafka.bootstrapServers();
	}

	/** The sidecar through which all producers send that are not watched further. */
	Sidecar producerSidecar() {
		return this.producerSidecar;
	}

	/**
	 * Starts a sidecar through which producers send.
	 * @param topic the topic that it writes to
	 * @param configuration the file with Dapr's Configuration, empty for the defaults
	 * @return the sidecar, ready for calls
	 */
	Sidecar startProducerSidecar(String topic, Optional<Path> configuration) {
		var sidecar = sidecar(Apps.PRODUCER, OptionalInt.empty(), topic, configuration);
		sidecar.process().start();
		sidecar.awaitReady(SIDECAR_LIMIT);
		return sidecar;
	}

	/** Creates a topic that only one measurement uses. */
	OrderTopic topic(int partitions) {
		this.topics++;
		var topic = new OrderTopic(bootstrapServers(), "benchmark-" + this.topics, partitions);
		closeLater(topic);
		return topic;
	}

	/**
	 * Describes the sidecar of a consumer; it does not run yet.
	 * @param port where the consumer listens
	 * @param topic the topic that the sidecar reads
	 * @param configuration the file with Dapr's Configuration, empty for the defaults
	 * @return the sidecar
	 */
	Sidecar consumerSidecar(int port, String topic, Optional<Path> configuration) {
		return sidecar(Apps.CONSUMER, OptionalInt.of(port), topic, configuration);
	}

	private Sidecar sidecar(String app, OptionalInt port, String topic, Optional<Path> configuration) {
		var components = this.folder.resolve("components-" + topic);
		ComponentFiles.read(this.project.components())
			.with("brokers", bootstrapServers())
			.with("sample-topic", "topics", topic)
			.with("sample-topic", "publishTopic", topic)
			.with("statestore", "connectionString", components.resolve("orders.db").toString())
			.copyTo(components);
		var configurations = Stream.concat(Stream.of(this.project.configuration()), configuration.stream()).toList();
		var sidecar = new Sidecar(this.daprd, app, port, components, configurations,
				this.folder.resolve(app + "-sidecar.log"), (line) -> {
				});
		closeLater(() -> sidecar.process().stop(STOP_LIMIT));
		return sidecar;
	}

	/**
	 * Starts a program to be measured.
	 * @param subject the program
	 * @param environment its environment variables
	 * @return the running program
	 */
	MeasuredProcess start(Subject subject, Map<String, String> environment) {
		var process = MeasuredProcess.start(subject, environment, this.folder);
		closeLater(process);
		return process;
	}

	/** The command of a program that is part of this one, for any working directory. */
	static List<String> command(Class<?> main) {
		var classPath = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
			.map((entry) -> Path.of(entry).toAbsolutePath().toString())
			.collect(Collectors.joining(File.pathSeparator));
		return List.of(java().toString(), "-cp", classPath, main.getName());
	}

	/** The program java that runs the benchmark; it runs the apps too. */
	static Path java() {
		return Path.of(System.getProperty("java.home"), "bin", "java");
	}

	/** Closes a part when the benchmark ends, however it ends; the last one first. */
	synchronized void closeLater(AutoCloseable part) {
		this.started.push(part);
	}

	/** Ends all that was started, the last first. */
	@Override
	public synchronized void close() {
		while (!this.started.isEmpty()) {
			try {
				this.started.pop().close();
			}
			catch (Exception ex) {
				say("could not end a part: " + ex.getMessage());
			}
		}
	}

}
