package io.dapr.quickstarts.bindings.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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
import io.dapr.quickstarts.bindings.launcher.process.ManagedProcess;

/**
 * What all measurements share: a broker, sidecars, topics, and how a system is started.
 */
final class TestBed {

	private static final String COMPONENT = "sample-topic";

	private static final Duration SIDECAR_LIMIT = Duration.ofSeconds(60);

	private static final Consumer<String> IGNORE = (line) -> {
	};

	private final Project project;

	private final Path daprd;

	private final Path folder;

	private final Resources resources;

	private final Consumer<String> progress;

	private final EmbeddedKafka kafka;

	private Sidecar producerSidecar;

	private int topics;

	/**
	 * Prepares a test bed; nothing runs yet.
	 * @param project the checkout with the jars of the apps
	 * @param daprd the program of the sidecar
	 * @param folder for all files
	 * @param resources takes what is started
	 * @param progress is told what takes long
	 */
	TestBed(Project project, Path daprd, Path folder, Resources resources, Consumer<String> progress) {
		this.project = project;
		this.daprd = daprd;
		this.folder = folder;
		this.resources = resources;
		this.progress = progress;
		this.kafka = new EmbeddedKafka(FreePorts.any(), folder, IGNORE);
	}

	/** Starts the broker and the producers' sidecar. */
	void start() {
		this.resources.add(this.kafka::stop);
		this.kafka.start();
		try (var orders = new Topics(this.kafka)) {
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

	Resources resources() {
		return this.resources;
	}

	void say(String line) {
		this.progress.accept(line);
	}

	Path daprd() {
		return this.daprd;
	}

	String bootstrapServers() {
		return this.kafka.bootstrapServers();
	}

	/** The sidecar for all producers; it does not trace. */
	Sidecar producerSidecar() {
		return this.producerSidecar;
	}

	/**
	 * Starts a sidecar that is ready for a producer's calls.
	 * @param topic the topic that it writes to
	 * @param configuration Dapr's Configuration beside the committed one, if any
	 */
	Sidecar startProducerSidecar(String topic, Optional<Path> configuration) {
		var sidecar = startSidecar(Apps.PRODUCER, OptionalInt.empty(), topic, false, configuration);
		sidecar.awaitReady(SIDECAR_LIMIT);
		return sidecar;
	}

	/**
	 * Starts a sidecar that reads a topic in a consumer group of its own.
	 * @param port where the consumer listens
	 * @param topic the topic
	 * @param stateStore whether it has the state store
	 * @param configuration Dapr's Configuration beside the committed one, if any
	 */
	Sidecar startConsumerSidecar(int port, String topic, boolean stateStore, Optional<Path> configuration) {
		return startSidecar(Apps.CONSUMER, OptionalInt.of(port), topic, stateStore, configuration);
	}

	private Sidecar startSidecar(String app, OptionalInt port, String topic, boolean stateStore,
			Optional<Path> configuration) {
		var components = this.folder.resolve("components-" + topic);
		ComponentFiles.read(this.project.components())
			.with("brokers", bootstrapServers())
			.with(COMPONENT, "topics", topic)
			.with(COMPONENT, "publishTopic", topic)
			.with(COMPONENT, "consumerGroup", topic)
			.withStateFile(this.folder.resolve(topic + ".db"))
			.copyTo(components);
		if (!stateStore) {
			delete(components.resolve("statestore.yaml"));
		}
		var configurations = Stream.concat(Stream.of(this.project.configuration()), configuration.stream()).toList();
		var sidecar = new Sidecar(this.daprd, app, port, components, configurations, newLog(app + " sidecar"), IGNORE);
		this.resources.start(sidecar.process());
		return sidecar;
	}

	private static void delete(Path file) {
		try {
			Files.delete(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Cannot delete " + file, ex);
		}
	}

	/** Creates a topic for one measurement. */
	FilledTopic topic(int partitions) {
		this.topics++;
		var topic = new FilledTopic(this.kafka, "benchmark-" + this.topics, partitions);
		this.resources.add(topic);
		return topic;
	}

	/** The variables of a consumer that reads Kafka itself. */
	Map<String, String> kafkaEnvironment(FilledTopic topic) {
		return Map.of("SPRING_KAFKA_BOOTSTRAP_SERVERS", bootstrapServers(), "TOPIC", topic.name());
	}

	/**
	 * Starts a system that prints straight to a file: the benchmark, which shares the
	 * machine with it, takes no part in that.
	 * @param system the program
	 * @param environment variables in addition to its own
	 */
	RunningSystem start(SystemUnderTest system, Map<String, String> environment) {
		var process = new ManagedProcess(system.name(), system.command(), environment(system, environment),
				newLog(system.name()))
			.in(system.directory());
		this.resources.start(process);
		return new RunningSystem(process, system.role());
	}

	/**
	 * Starts a system whose lines are passed on.
	 * @param system the program
	 * @param environment variables in addition to its own
	 * @param lines is given each line
	 */
	ManagedProcess start(SystemUnderTest system, Map<String, String> environment, Consumer<String> lines) {
		var process = new ManagedProcess(system.name(), system.command(), environment(system, environment),
				newLog(system.name()), lines)
			.in(system.directory());
		this.resources.start(process);
		return process;
	}

	private static ChildEnvironment environment(SystemUnderTest system, Map<String, String> more) {
		return ChildEnvironment.local().with(system.environment()).with(more);
	}

	/** Creates an empty file whose name begins with that of the program. */
	Path newLog(String program) {
		try {
			return Files.createTempFile(this.folder, program.replaceAll("\\W+", "-") + "-", ".log");
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Cannot create a file in " + this.folder + ": " + ex.getMessage(), ex);
		}
	}

}
