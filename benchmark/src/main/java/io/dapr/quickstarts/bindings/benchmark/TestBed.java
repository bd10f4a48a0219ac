package io.dapr.quickstarts.bindings.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.dapr.quickstarts.bindings.launcher.Apps;
import io.dapr.quickstarts.bindings.launcher.Project;
import io.dapr.quickstarts.bindings.launcher.dapr.ComponentFiles;
import io.dapr.quickstarts.bindings.launcher.dapr.Sidecar;
import io.dapr.quickstarts.bindings.launcher.kafka.EmbeddedKafka;
import io.dapr.quickstarts.bindings.launcher.kafka.Topics;
import io.dapr.quickstarts.bindings.launcher.process.ChildEnvironment;
import io.dapr.quickstarts.bindings.launcher.process.FreePorts;
import io.dapr.quickstarts.bindings.launcher.process.JavaCommand;
import io.dapr.quickstarts.bindings.launcher.process.ManagedProcess;

/**
 * What all measurements share: a broker, a sidecar for the producers, and the means to
 * start programs. Closing it ends all that was started.
 */
final class TestBed implements AutoCloseable {

	private static final String COMPONENT = "sample-topic";

	private static final Duration SIDECAR_LIMIT = Duration.ofSeconds(60);

	private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

	private static final Consumer<String> NOBODY = (line) -> {
	};

	private final Project project;

	private final Path daprd;

	private final Path folder;

	private final Consumer<String> progress;

	private final EmbeddedKafka kafka;

	private final Deque<AutoCloseable> started = new ArrayDeque<>();

	private volatile boolean closed;

	private Sidecar producerSidecar;

	private int topics;

	/**
	 * Prepares a test bed; nothing runs yet.
	 * @param project the checkout with the jars of the apps
	 * @param daprd the program of the sidecar
	 * @param folder for all files
	 * @param progress is told what happens
	 */
	TestBed(Project project, Path daprd, Path folder, Consumer<String> progress) {
		this.project = project;
		this.daprd = daprd;
		this.folder = folder;
		this.progress = progress;
		this.kafka = new EmbeddedKafka(FreePorts.any(), folder, NOBODY);
	}

	/** Starts the broker and the producers' sidecar. */
	void start() {
		closeLater(this.kafka::stop);
		this.kafka.start();
		try (var orders = new Topics(this.kafka.bootstrapServers())) {
			orders.createForOrders(Topics.ORDERS, 1);
		}
		this.producerSidecar = startProducerSidecar(Topics.ORDERS, Optional.empty());
	}

	Project project() {
		return this.project;
	}

	Path folder() {
		return this.folder;
	}

	/** Tells the user what happens. */
	void say(String line) {
		this.progress.accept(line);
	}

	String bootstrapServers() {
		return this.kafka.bootstrapServers();
	}

	/** The sidecar for all producers; it does not trace. */
	Sidecar producerSidecar() {
		return this.producerSidecar;
	}

	/**
	 * Starts a sidecar for producers.
	 * @param topic the topic that it writes to
	 * @param configuration Dapr's Configuration, empty for the defaults
	 * @return the sidecar, ready for calls
	 */
	Sidecar startProducerSidecar(String topic, Optional<Path> configuration) {
		var sidecar = sidecar(Apps.PRODUCER, OptionalInt.empty(), topic, configuration);
		start(sidecar.process());
		sidecar.awaitReady(SIDECAR_LIMIT);
		return sidecar;
	}

	/**
	 * Describes a sidecar, which reads its topic in a consumer group of its own; it does
	 * not run yet.
	 * @param app the app's id
	 * @param port where the app listens, empty if it only calls
	 * @param topic the topic that it reads or writes
	 * @param configuration Dapr's Configuration, empty for the defaults
	 * @return the sidecar
	 */
	Sidecar sidecar(String app, OptionalInt port, String topic, Optional<Path> configuration) {
		var components = this.folder.resolve("components-" + topic);
		ComponentFiles.read(this.project.components())
			.with("brokers", bootstrapServers())
			.with(COMPONENT, "topics", topic)
			.with(COMPONENT, "publishTopic", topic)
			.with(COMPONENT, "consumerGroup", topic)
			.copyTo(components);
		var configurations = Stream.concat(Stream.of(this.project.configuration()), configuration.stream()).toList();
		return new Sidecar(this.daprd, app, port, components, configurations, newFile(app + "-sidecar-", ".log"),
				NOBODY);
	}

	/** Creates a topic for one measurement. */
	OrderTopic topic(int partitions) {
		this.topics++;
		var topic = new OrderTopic(bootstrapServers(), "benchmark-" + this.topics, partitions);
		closeLater(topic);
		return topic;
	}

	/** What a consumer needs that reads Kafka itself. */
	Map<String, String> kafkaEnvironment(OrderTopic topic) {
		return Map.of("SPRING_KAFKA_BOOTSTRAP_SERVERS", bootstrapServers(), "TOPIC", topic.name());
	}

	/** Describes a program that runs on the same Java as the benchmark. */
	SystemUnderTest javaSystem(String name, SystemUnderTest.Role role, Path directory, List<String> arguments) {
		var command = new ArrayList<>(List.of(JavaCommand.program().toString()));
		command.addAll(arguments);
		return new SystemUnderTest(name, role, directory, command, Map.of());
	}

	/**
	 * Starts a program that prints straight to a file: the benchmark, which shares the
	 * machine with it, takes no part in that.
	 * @param system the program
	 * @param environment variables in addition to its own
	 * @return the running program
	 */
	RunningSystem start(SystemUnderTest system, Map<String, String> environment) {
		var process = new ManagedProcess(system.name(), system.command(), environment(system, environment),
				newFile("output-", ".log"))
			.in(system.directory());
		start(process);
		return new RunningSystem(process, system.role());
	}

	/**
	 * Describes a program whose lines are passed on.
	 * @param system the program
	 * @param environment variables in addition to its own
	 * @param lines is given each line
	 * @return the process, not started
	 */
	ManagedProcess process(SystemUnderTest system, Map<String, String> environment, Consumer<String> lines) {
		return new ManagedProcess(system.name(), system.command(), environment(system, environment),
				newFile("output-", ".log"), lines)
			.in(system.directory());
	}

	private static ChildEnvironment environment(SystemUnderTest system, Map<String, String> more) {
		return ChildEnvironment.local().with(system.environment()).with(more);
	}

	/** Starts a process that is stopped when the test bed is closed, if not before. */
	void start(ManagedProcess process) {
		process.start();
		closeLater(() -> process.stop(STOP_LIMIT));
	}

	/** Stops processes, the first one first. */
	void stop(ManagedProcess... processes) {
		for (var process : processes) {
			process.stop(STOP_LIMIT);
		}
	}

	/** Creates an empty file with a new name. */
	Path newFile(String prefix, String suffix) {
		try {
			return Files.createTempFile(this.folder, prefix, suffix);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Cannot create a file in " + this.folder + ": " + ex.getMessage(), ex);
		}
	}

	/**
	 * Closes something when the test bed is closed, the last one first.
	 * @param part what to close
	 * @throws IllegalStateException if the test bed is closed already; the part is too
	 */
	synchronized void closeLater(AutoCloseable part) {
		this.started.push(part);
		if (this.closed) {
			close();
			throw new IllegalStateException("The benchmark has been stopped");
		}
	}

	/** Whether it has been closed, such as by Ctrl-C. */
	boolean isClosed() {
		return this.closed;
	}

	@Override
	public void close() {
		this.closed = true;
		synchronized (this) {
			while (!this.started.isEmpty()) {
				try {
					this.started.pop().close();
				}
				catch (Exception ex) {
					say("cannot be stopped: " + ex.getMessage());
				}
			}
		}
	}

}
