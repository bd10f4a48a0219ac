package io.dapr.quickstarts.bindings.launcher;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.dapr.quickstarts.bindings.launcher.dapr.ComponentFiles;
import io.dapr.quickstarts.bindings.launcher.dapr.DaprdFinder;
import io.dapr.quickstarts.bindings.launcher.dapr.OrderTopic;
import io.dapr.quickstarts.bindings.launcher.dapr.Sidecar;
import io.dapr.quickstarts.bindings.launcher.dapr.SidecarSettings;
import io.dapr.quickstarts.bindings.launcher.kafka.ContainerKafka;
import io.dapr.quickstarts.bindings.launcher.kafka.EmbeddedCluster;
import io.dapr.quickstarts.bindings.launcher.kafka.EmbeddedKafka;
import io.dapr.quickstarts.bindings.launcher.kafka.KafkaBroker;
import io.dapr.quickstarts.bindings.launcher.kafka.RunningKafka;
import io.dapr.quickstarts.bindings.launcher.kafka.Topics;
import io.dapr.quickstarts.bindings.launcher.dashboard.Dashboard;
import io.dapr.quickstarts.bindings.launcher.monitor.Monitor;
import io.dapr.quickstarts.bindings.launcher.monitor.ServiceName;
import io.dapr.quickstarts.bindings.launcher.process.Background;
import io.dapr.quickstarts.bindings.launcher.process.FreePorts;
import io.dapr.quickstarts.bindings.launcher.process.InvalidSettingException;
import io.dapr.quickstarts.bindings.launcher.process.ManagedProcess;
import io.dapr.quickstarts.bindings.launcher.process.UserFolders;
import io.dapr.quickstarts.bindings.launcher.process.Wait;
import io.dapr.quickstarts.bindings.launcher.trace.Zipkin;

/** One run of the whole quickstart: Kafka, two sidecars, two apps. */
final class Quickstart {

	private static final String COMPONENTS = "components";

	/** How long no order may be received after the producer has ended. */
	private static final Duration DELIVERY_LIMIT = Duration.ofSeconds(60);

	/** In bytes. */
	private static final long LITTLE_SPACE = 1_000_000;

	private static final Duration SIDECAR_STOP_LIMIT = SidecarSettings.STANDARD.stopLimit();

	private final QuickstartOptions options;

	private final Project project;

	private final Console console;

	private final Monitor monitor;

	private final Optional<Dashboard> dashboard;

	private final Path folder;

	private final Optional<Zipkin> zipkin;

	private final Apps apps;

	private final ComponentFiles components;

	private final OrderTopic topic;

	private final int kafkaPort;

	private final int consumerPort;

	/** Completed, with what to tell the user, when a part ends that should not. */
	private final CompletableFuture<String> failure = new CompletableFuture<>();

	private final CompletableFuture<String> producerEnded = new CompletableFuture<>();

	private volatile boolean stopping;

	private volatile KafkaBroker kafka;

	private volatile ManagedProcess consumer;

	private volatile ManagedProcess producer;

	private volatile Sidecar consumerSidecar;

	private volatile Sidecar producerSidecar;

	Quickstart(QuickstartOptions options, Project project, ComponentFiles components, Console console, Monitor monitor,
			Optional<Dashboard> dashboard) {
		this.options = options;
		this.project = project;
		this.console = console;
		this.monitor = monitor;
		this.dashboard = dashboard;
		// First: whatever else is prepared needs a folder for temporary files.
		this.folder = UserFolders.forOneRun("quickstart-");
		this.kafkaPort = FreePorts.preferably(9092);
		this.consumerPort = FreePorts.preferably(3000);
		this.zipkin = options.trace() ? Optional.of(new Zipkin(project.home(), this.folder)) : Optional.empty();
		this.apps = new Apps(project, this.folder, this.zipkin.map(Zipkin::agent));
		this.components = components;
		this.topic = OrderTopic.of(components);
	}

	/**
	 * Starts all parts and runs until they are stopped or, where a number of orders is
	 * given, until these have been received.
	 * @return the exit code: 0 if all that was asked for arrived, else 1
	 * @throws IllegalStateException if a part can't be started or has ended by itself
	 */
	int run() {
		this.console.say("logs are in " + this.folder);
		try {
			start();
			if (this.options.orders() > 0) {
				return runUntilReceived();
			}
			throw new IllegalStateException(this.failure.join());
		}
		catch (CompletionException ex) {
			throw (ex.getCause() instanceof RuntimeException cause) ? cause : ex;
		}
	}

	/** What can start side by side does: Kafka and the consumer take seconds each. */
	private void start() {
		this.zipkin.ifPresent((server) -> {
			this.console.say("starting Zipkin; the first time it is downloaded with the OpenTelemetry agent (160 MB)");
			server.fetch();
		});
		var broker = Background.run(this::startKafka);
		var tracing = Background.run(() -> this.zipkin.ifPresent(this::start));
		createSidecarsAndApps(findDaprd());
		start(this.consumer);
		broker.join();
		tracing.join();
		this.components.with("brokers", this.kafka.bootstrapServers())
			.with("statestore", "connectionString", this.folder.resolve("orders.db").toString())
			.copyTo(this.folder.resolve(COMPONENTS));
		start(this.consumerSidecar.process());
		start(this.producerSidecar.process());
		start(this.producer);
	}

	private void start(Zipkin server) {
		watch(server.process());
		server.start();
		if (this.stopping) {
			server.stop();
		}
		this.console.say("traces at " + server.address());
	}

	private Path findDaprd() {
		var daprd = new DaprdFinder(this.project.daprdModule(), this.console::say).find();
		var home = System.getenv().getOrDefault("HOME", "").replaceFirst("/*$", "/");
		var shown = daprd.toString();
		this.console.say("daprd is "
				+ ((home.length() > 1 && shown.startsWith(home)) ? "~/" + shown.substring(home.length()) : shown));
		return daprd;
	}

	private void startKafka() {
		this.kafka = broker();
		this.kafka.start();
		if (this.stopping) {
			this.kafka.stop();
		}
		try (var topics = new Topics(this.kafka)) {
			prepare(topics);
		}
		this.monitor.start(this.kafka);
		this.dashboard.ifPresent((opened) -> opened.enableLoad(this.kafka, this.topic.name()));
		this.console.say("Kafka (%s) answers at %s".formatted(this.options.kafka(), this.kafka.bootstrapServers()));
	}

	/** A broker that runs already may have readers, topics and orders. */
	private void prepare(Topics topics) {
		var members = topics.members(this.topic.group());
		if (members > 0) {
			this.console.say(("the consumer group %s has %d members already: an order that one of them takes does"
					+ " not arrive here; stop them, or give components/kafka_bindings.yaml another consumerGroup")
				.formatted(this.topic.group(), members));
		}
		topics.createForOrders(this.topic.name(), 1);
		topics.createForDeadLetters(this.topic.deadLetters());
		if (!topics.isUncompressed(this.topic.name())) {
			this.console.say(
					"the topic %s lacks the setting compression.type=uncompressed, so that a compressed record may be too large to be delivered"
						.formatted(this.topic.name()));
		}
		topics.offsets(this.topic.name(), this.topic.group()).forEach((partition, offsets) -> {
			// Only a record is an order: the end of a transaction has an offset too.
			if (offsets.lag() > 0 && topics.hasRecord(partition, offsets.next())) {
				this.console.say("%d orders of an earlier run come first".formatted(offsets.lag()));
			}
		});
	}

	private KafkaBroker broker() {
		return switch (this.options.kafka()) {
			case "embedded" -> {
				if (this.options.brokers() > 1) {
					yield cluster();
				}
				var embedded = new EmbeddedKafka(this.kafkaPort, this.folder, verbose("kafka"));
				watch(embedded.process());
				yield attach(embedded, embedded.process(), embedded::kill);
			}
			case "container" -> {
				var container = new ContainerKafka();
				yield attach(container, null, container::kill);
			}
			default -> attach(new RunningKafka(this.options.kafka(), this.options.kafkaConfig()), null, null);
		};
	}

	private KafkaBroker cluster() {
		var cluster = new EmbeddedCluster(this.kafkaPort, this.folder, verbose("kafka"));
		cluster.brokers().forEach((broker) -> watch(broker.process()));
		this.monitor.services()
			.get(ServiceName.KAFKA)
			.attachReplicated(cluster::start, () -> cluster.killLeader(this.topic.name()));
		return cluster;
	}

	private KafkaBroker attach(KafkaBroker broker, ManagedProcess process, Runnable kill) {
		this.monitor.services().get(ServiceName.KAFKA).attach(process, broker::start, kill);
		return broker;
	}

	private void createSidecarsAndApps(Path daprd) {
		var port = this.consumerPort;
		var components = this.folder.resolve(COMPONENTS);
		var configurations = Stream
			.concat(Stream.of(this.project.configuration()), this.zipkin.map(Zipkin::writeConfiguration).stream())
			.toList();
		this.consumerSidecar = new Sidecar(daprd, Apps.CONSUMER, OptionalInt.of(port), components, configurations,
				this.folder.resolve("consumer-sidecar.log"),
				seen(ServiceName.CONSUMER_SIDECAR, verbose("consumer's sidecar")));
		this.producerSidecar = new Sidecar(daprd, Apps.PRODUCER, OptionalInt.empty(), components, configurations,
				this.folder.resolve("producer-sidecar.log"), verbose("producer's sidecar"));
		// Beside a component of the user's lie the files that it names, such as secrets.
		this.options.components().ifPresent((folder) -> {
			this.consumerSidecar.process().in(folder);
			this.producerSidecar.process().in(folder);
		});
		this.consumer = this.apps.consumer(port, this.consumerSidecar.environment(),
				seen(ServiceName.CONSUMER, this.console.lines("consumer")));
		this.producer = this.apps.producer(this.options.orders(), this.options.interval(),
				this.producerSidecar.environment(), seen(ServiceName.PRODUCER, this.console.lines("producer")));
		var services = this.monitor.services();
		services.get(ServiceName.CONSUMER_SIDECAR)
			.attach(this.consumerSidecar.process(), this.consumerSidecar.health());
		this.monitor.readLedger(this.consumerSidecar.health());
		services.get(ServiceName.PRODUCER_SIDECAR)
			.attach(this.producerSidecar.process(), this.producerSidecar.health());
		services.get(ServiceName.CONSUMER).attach(this.consumer, URI.create("http://127.0.0.1:" + port + "/healthz"));
		services.get(ServiceName.PRODUCER).attach(this.producer);
	}

	/** Lets the monitor see the lines first: printing may take its time. */
	private Consumer<String> seen(ServiceName service, Consumer<String> lines) {
		return this.monitor.lines(service).andThen(lines);
	}

	private Consumer<String> verbose(String source) {
		return this.options.verbose() ? this.console.lines(source) : (line) -> {
		};
	}

	private void start(ManagedProcess process) {
		watch(process);
		process.start();
		// Ctrl-C may have come while it started.
		if (this.stopping) {
			process.kill();
		}
	}

	private void watch(ManagedProcess process) {
		process.onDeath((dead) -> {
			if (dead == this.producer && dead.exitCode() == 0 && this.options.orders() > 0) {
				this.producerEnded.complete("");
			}
			else {
				var last = dead.lastLines(10);
				this.failure.complete("%s ended by itself with exit code %d%s%s; the end of %s:%n  %s".formatted(
						dead.name(), dead.exitCode(), Sidecar.lastWords(last).map((words) -> ": " + words).orElse(""),
						spaceLeft(), dead.log(), String.join(System.lineSeparator() + "  ", last)));
			}
		});
	}

	/** A full disk ends a broker, and its own lines do not always say so. */
	private String spaceLeft() {
		try {
			var full = Files.getFileStore(this.folder).getUsableSpace() < LITTLE_SPACE;
			return full ? ", and no space is left in " + this.folder + " (set TMPDIR to a folder on another disk)" : "";
		}
		catch (IOException ex) {
			return "";
		}
	}

	private int runUntilReceived() {
		var orders = this.options.orders();
		CompletableFuture.anyOf(this.failure, this.producerEnded).join();
		awaitOrders(orders);
		if (this.failure.isDone()) {
			throw new IllegalStateException(this.failure.join());
		}
		// After the stop no further line can come, such as that of a redelivery.
		stop();
		var fault = this.monitor.orders().fault(orders);
		this.console.say(fault.orElse("all %d orders arrived, each once and in order".formatted(orders)));
		return fault.isEmpty() ? 0 : 1;
	}

	/** Waits as long as orders are received, or those of an earlier run before them. */
	private void awaitOrders(long orders) {
		var tracker = this.monitor.orders();
		var lag = Long.MAX_VALUE;
		try {
			while (tracker.awaits(orders) && !this.failure.isDone()) {
				var received = tracker.counters().received();
				var leastLag = Math.min(lag, this.monitor.lag().orElse(lag));
				lag = leastLag;
				Wait.until("an order is received", DELIVERY_LIMIT,
						() -> !tracker.awaits(orders) || this.failure.isDone()
								|| tracker.counters().received() > received
								|| this.monitor.lag().orElse(leastLag) < leastLag);
			}
		}
		catch (IllegalStateException ex) {
			this.console.say(ex.getMessage());
		}
	}

	/**
	 * Stops producer, sidecars and consumer in the order in which an order travels, so
	 * that none is cut off, and then the broker.
	 */
	synchronized void stop() {
		this.stopping = true;
		this.dashboard.ifPresent(Dashboard::close);
		this.monitor.close();
		stop(this.producer, Apps.STOP_LIMIT);
		stop(process(this.producerSidecar), SIDECAR_STOP_LIMIT);
		stop(process(this.consumerSidecar), SIDECAR_STOP_LIMIT);
		stop(this.consumer, Apps.STOP_LIMIT);
		if (this.kafka != null) {
			this.kafka.stop();
		}
		// The logs stay for the user to read.
		if (this.kafka instanceof EmbeddedKafka embedded) {
			embedded.deleteData();
		}
		if (this.kafka instanceof EmbeddedCluster cluster) {
			cluster.brokers().forEach(EmbeddedKafka::deleteData);
		}
		this.zipkin.ifPresent(Zipkin::stop);
	}

	private static ManagedProcess process(Sidecar sidecar) {
		return (sidecar != null) ? sidecar.process() : null;
	}

	private static void stop(ManagedProcess process, Duration limit) {
		if (process != null) {
			process.stop(limit);
		}
	}

	/**
	 * Turns a failure that nobody has thought of into one line.
	 * @param failure any failure of this run
	 * @return the same if it explains itself to the user, else one that names the file
	 * with the details
	 */
	RuntimeException explain(RuntimeException failure) {
		if (failure instanceof IllegalStateException || failure instanceof InvalidSettingException
				|| failure instanceof UncheckedIOException) {
			return failure;
		}
		var details = this.folder.resolve("failure.log");
		try (var file = new PrintWriter(Files.newBufferedWriter(details))) {
			failure.printStackTrace(file);
		}
		catch (IOException ex) {
			failure.addSuppressed(ex);
		}
		return new IllegalStateException("an unexpected failure, %s; the details are in %s".formatted(failure, details),
				failure);
	}

	/** Whether a stop was asked for, so that a part that ends is no failure. */
	boolean isStopping() {
		return this.stopping;
	}

}
