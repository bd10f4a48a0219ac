package io.dapr.quickstarts.bindings.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

import io.dapr.quickstarts.bindings.launcher.dapr.ComponentFiles;
import io.dapr.quickstarts.bindings.launcher.dapr.Daprd;
import io.dapr.quickstarts.bindings.launcher.dapr.Sidecar;
import io.dapr.quickstarts.bindings.launcher.kafka.ContainerKafka;
import io.dapr.quickstarts.bindings.launcher.kafka.EmbeddedKafka;
import io.dapr.quickstarts.bindings.launcher.kafka.KafkaBroker;
import io.dapr.quickstarts.bindings.launcher.kafka.RunningKafka;
import io.dapr.quickstarts.bindings.launcher.kafka.Topics;
import io.dapr.quickstarts.bindings.launcher.dashboard.Page;
import io.dapr.quickstarts.bindings.launcher.dashboard.PartName;
import io.dapr.quickstarts.bindings.launcher.process.FreePorts;
import io.dapr.quickstarts.bindings.launcher.process.ManagedProcess;
import io.dapr.quickstarts.bindings.launcher.process.Wait;
import io.dapr.quickstarts.bindings.launcher.trace.Zipkin;

/** One run of the whole quickstart: Kafka, two sidecars, two apps. */
final class Quickstart {

	/** The consumer group that components/kafka_bindings.yaml names. */
	private static final String GROUP = "group1";

	private static final String COMPONENTS = "components";

	/** How long orders may be under way after the producer has ended. */
	private static final Duration ARRIVAL_LIMIT = Duration.ofSeconds(60);

	private static final Duration SIDECAR_STOP_LIMIT = Duration.ofSeconds(10);

	private final QuickstartOptions options;

	private final Project project;

	private final Console console;

	private final Optional<Page> page;

	private final Path folder;

	private final Optional<Zipkin> zipkin;

	private final Apps apps;

	private final Arrivals arrivals = new Arrivals();

	private final int kafkaPort = FreePorts.preferably(9092);

	private final int consumerPort = FreePorts.preferably(3000);

	/** Completed, with what to tell the user, when a part ends that should not. */
	private final CompletableFuture<String> failure = new CompletableFuture<>();

	private final CompletableFuture<String> producerEnded = new CompletableFuture<>();

	private volatile boolean stopping;

	private volatile KafkaBroker kafka;

	private volatile ManagedProcess consumer;

	private volatile ManagedProcess producer;

	private volatile Sidecar consumerSidecar;

	private volatile Sidecar producerSidecar;

	Quickstart(QuickstartOptions options, Project project, Console console, Optional<Page> page) throws IOException {
		this.options = options;
		this.project = project;
		this.console = console;
		this.page = page;
		this.folder = Files.createTempDirectory("quickstart-");
		this.zipkin = options.trace() ? Optional.of(new Zipkin(project.home(), this.folder)) : Optional.empty();
		this.apps = new Apps(project, this.folder);
	}

	/**
	 * Starts all parts and runs until they are stopped or, where a number of orders is
	 * given, until these have arrived.
	 * @return the exit code: 0 if all that was asked for arrived, else 1
	 * @throws IllegalStateException if a part can't be started or has ended by itself
	 */
	int run() {
		this.console.say("logs are in " + this.folder);
		try {
			start();
			if (this.options.orders() > 0) {
				return runUntilArrived();
			}
			throw new IllegalStateException(this.failure.join());
		}
		catch (CompletionException ex) {
			throw (ex.getCause() instanceof RuntimeException cause) ? cause : ex;
		}
	}

	/** What can start side by side does: Kafka and the consumer take seconds each. */
	private void start() {
		var broker = CompletableFuture.runAsync(this::startKafka);
		var tracing = CompletableFuture.runAsync(() -> this.zipkin.ifPresent(this::start));
		createSidecarsAndApps(findDaprd());
		start(this.consumer);
		broker.join();
		tracing.join();
		ComponentFiles.copy(this.project.components(), this.folder.resolve(COMPONENTS), Map.of("localhost:9092",
				this.kafka.bootstrapServers(), "orders.db", this.folder.resolve("orders.db").toString()));
		start(this.consumerSidecar.process());
		start(this.producerSidecar.process());
		passOverEarlierOrders();
		start(this.producer);
	}

	private void start(Zipkin server) {
		this.console.say("starting Zipkin; the first time it is downloaded (135 MB)");
		watch(server.process());
		server.start();
		if (this.stopping) {
			server.stop();
		}
		this.console.say("traces at " + server.address());
	}

	private Path findDaprd() {
		var daprd = new Daprd(this.project.daprdModule(), this.console::say).find();
		this.console.say("daprd is " + daprd.toString().replace(System.getenv().getOrDefault("HOME", "~"), "~"));
		return daprd;
	}

	private void startKafka() {
		this.kafka = broker();
		this.kafka.start();
		if (this.stopping) {
			this.kafka.stop();
		}
		try (var topics = new Topics(this.kafka.bootstrapServers())) {
			topics.createForOrders(Topics.ORDERS, 1);
			topics.createForDeadLetters(Topics.DEAD_LETTERS);
			if (!topics.isUncompressed(Topics.ORDERS)) {
				this.console.say("the topic sample lacks the setting compression.type=uncompressed,"
						+ " so that a compressed record may be too large to be delivered");
			}
		}
		this.page.ifPresent((page) -> page.watchTopic(this.kafka.bootstrapServers(), GROUP));
		this.console.say("Kafka (%s) answers at %s".formatted(this.options.kafka(), this.kafka.bootstrapServers()));
	}

	private KafkaBroker broker() {
		return switch (this.options.kafka()) {
			case "embedded" -> {
				var embedded = new EmbeddedKafka(this.kafkaPort, this.folder, verbose("kafka"));
				watch(embedded.process());
				show(embedded, embedded.process(), true);
				yield embedded;
			}
			case "container" -> show(new ContainerKafka(), null, true);
			default -> show(new RunningKafka(this.options.kafka()), null, false);
		};
	}

	private KafkaBroker show(KafkaBroker broker, ManagedProcess process, boolean canBeKilled) {
		this.page.ifPresent((page) -> page.show(broker, process, canBeKilled));
		return broker;
	}

	private void createSidecarsAndApps(Path daprd) {
		var port = this.consumerPort;
		var components = this.folder.resolve(COMPONENTS);
		var configuration = this.zipkin.map(Zipkin::writeConfiguration);
		this.consumerSidecar = new Sidecar(daprd, Apps.CONSUMER, OptionalInt.of(port), components, configuration,
				this.folder.resolve("consumer-sidecar.log"),
				shown(PartName.CONSUMER_SIDECAR, verbose("consumer's sidecar")));
		this.producerSidecar = new Sidecar(daprd, Apps.PRODUCER, OptionalInt.empty(), components, configuration,
				this.folder.resolve("producer-sidecar.log"),
				shown(PartName.PRODUCER_SIDECAR, verbose("producer's sidecar")));
		this.consumer = this.apps.consumer(port, this.consumerSidecar.environment(),
				shown(PartName.CONSUMER, this.console.lines("consumer").andThen(this.arrivals::read)));
		this.producer = this.apps.producer(this.options.orders(), this.options.interval(),
				this.producerSidecar.environment(), shown(PartName.PRODUCER, this.console.lines("producer")));
		this.page.ifPresent((page) -> {
			page.show(PartName.CONSUMER_SIDECAR, this.consumerSidecar.process());
			page.show(PartName.PRODUCER_SIDECAR, this.producerSidecar.process());
			page.show(PartName.CONSUMER, this.consumer);
			page.show(PartName.PRODUCER, this.producer);
		});
	}

	/** Lets the page see the lines first: printing may take its time. */
	private Consumer<String> shown(PartName part, Consumer<String> lines) {
		return this.page.map((page) -> page.lines(part).andThen(lines)).orElse(lines);
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
			if (dead == this.producer && dead.exitCode() == 0) {
				this.producerEnded.complete("");
			}
			else {
				this.failure.complete("%s ended by itself with exit code %d; the end of %s:%n  %s".formatted(
						dead.name(), dead.exitCode(), dead.log(),
						String.join(System.lineSeparator() + "  ", dead.lastLines(10))));
			}
		});
	}

	/** A broker that runs already may hold orders of another run; these come first. */
	private void passOverEarlierOrders() {
		try (var topics = new Topics(this.kafka.bootstrapServers())) {
			if (topics.partitions(Topics.ORDERS) > 1) {
				this.console.say("the topic sample has several partitions, so that orders may overtake each other");
			}
			var waiting = topics.waiting(Topics.ORDERS, GROUP);
			if (waiting > 0) {
				this.console.say("%d orders of an earlier run come first".formatted(waiting));
				Wait.until("the orders of an earlier run have arrived", ARRIVAL_LIMIT.plusMillis(waiting),
						() -> topics.waiting(Topics.ORDERS, GROUP) == 0 || this.failure.isDone());
				this.arrivals.clear();
			}
		}
	}

	private int runUntilArrived() {
		var orders = this.options.orders();
		CompletableFuture.anyOf(this.failure, this.producerEnded).join();
		if (!this.failure.isDone()) {
			try {
				Wait.until("all orders have arrived", ARRIVAL_LIMIT,
						() -> this.arrivals.count() >= orders || this.failure.isDone());
			}
			catch (IllegalStateException ex) {
				this.console.say(ex.getMessage());
			}
		}
		if (this.failure.isDone()) {
			throw new IllegalStateException(this.failure.join());
		}
		// After the stop no further line can come, such as that of a repeat.
		stop();
		var fault = this.arrivals.fault(orders);
		this.console.say(fault.orElse("all %d orders arrived, each once and in order".formatted(orders)));
		return fault.isEmpty() ? 0 : 1;
	}

	/**
	 * Stops what runs, in the order in which an order travels, so that none is cut off.
	 */
	synchronized void stop() {
		this.stopping = true;
		this.page.ifPresent(Page::close);
		stop(this.producer, Apps.STOP_LIMIT);
		stop(process(this.producerSidecar), SIDECAR_STOP_LIMIT);
		stop(process(this.consumerSidecar), SIDECAR_STOP_LIMIT);
		stop(this.consumer, Apps.STOP_LIMIT);
		if (this.kafka != null) {
			this.kafka.stop();
		}
		if (this.kafka instanceof EmbeddedKafka embedded) {
			// The logs stay for the user to read.
			embedded.deleteData();
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

	/** Whether a stop was asked for, so that a part that ends is no failure. */
	boolean isStopping() {
		return this.stopping;
	}

}
