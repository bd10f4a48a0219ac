package io.dapr.quickstarts.bindings.launcher;

import java.net.URI;
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
import io.dapr.quickstarts.bindings.launcher.dashboard.Dashboard;
import io.dapr.quickstarts.bindings.launcher.monitor.Monitor;
import io.dapr.quickstarts.bindings.launcher.monitor.ServiceName;
import io.dapr.quickstarts.bindings.launcher.process.Background;
import io.dapr.quickstarts.bindings.launcher.process.FreePorts;
import io.dapr.quickstarts.bindings.launcher.process.ManagedProcess;
import io.dapr.quickstarts.bindings.launcher.process.UserFolders;
import io.dapr.quickstarts.bindings.launcher.process.Wait;
import io.dapr.quickstarts.bindings.launcher.trace.Zipkin;

/** One run of the whole quickstart: Kafka, two sidecars, two apps. */
final class Quickstart {

	private static final String COMPONENTS = "components";

	/** How long no order may be received after the producer has ended. */
	private static final Duration DELIVERY_LIMIT = Duration.ofSeconds(60);

	private static final Duration SIDECAR_STOP_LIMIT = SidecarSettings.STANDARD.stopLimit();

	private final QuickstartOptions options;

	private final Project project;

	private final Console console;

	private final Monitor monitor;

	private final Optional<Dashboard> dashboard;

	private final Path folder;

	private final Optional<Zipkin> zipkin;

	private final Apps apps;

	private final FailureMessages failures;

	private final ComponentFiles components;

	private final OrderTopic topic;

	private final Broker broker;

	private final int consumerPort;

	/** Completed, with what to tell the user, when a part ends that should not. */
	private final CompletableFuture<String> failure = new CompletableFuture<>();

	private final CompletableFuture<String> producerEnded = new CompletableFuture<>();

	private volatile boolean stopping;

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
		this.consumerPort = FreePorts.preferably(3000);
		this.zipkin = options.trace() ? Optional.of(new Zipkin(project.home(), this.folder)) : Optional.empty();
		this.apps = new Apps(project, this.folder, this.zipkin.map(Zipkin::agent));
		this.components = components;
		this.topic = OrderTopic.of(components);
		this.failures = new FailureMessages(this.folder);
		this.broker = new Broker(options, this.folder, monitor.services().get(ServiceName.KAFKA), this.topic, console,
				this::watch);
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
		var broker = Background.run(this::startBroker);
		var tracing = Background.run(() -> this.zipkin.ifPresent(this::start));
		createSidecarsAndApps(findDaprd());
		start(this.consumer);
		broker.join();
		tracing.join();
		this.components.with("brokers", this.broker.kafka().bootstrapServers())
			.withStateFile(this.folder.resolve("orders.db"))
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

	private void startBroker() {
		this.broker.start();
		if (this.stopping) {
			this.broker.stop();
		}
		this.monitor.start(this.broker.kafka());
		this.dashboard.ifPresent((opened) -> opened.enableLoad(this.broker.kafka(), this.topic.name()));
	}

	private void createSidecarsAndApps(Path daprd) {
		var port = this.consumerPort;
		var components = this.folder.resolve(COMPONENTS);
		var configurations = Stream
			.concat(Stream.of(this.project.configuration()), this.zipkin.map(Zipkin::writeConfiguration).stream())
			.toList();
		this.consumerSidecar = new Sidecar(daprd, Apps.CONSUMER, OptionalInt.of(port), components, configurations,
				this.folder.resolve("consumer-sidecar.log"),
				seen(ServiceName.CONSUMER_SIDECAR, this.console.verboseLines("consumer's sidecar")));
		this.producerSidecar = new Sidecar(daprd, Apps.PRODUCER, OptionalInt.empty(), components, configurations,
				this.folder.resolve("producer-sidecar.log"), this.console.verboseLines("producer's sidecar"));
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
				this.failure.complete(this.failures.ended(dead));
			}
		});
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
		this.broker.stop();
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

	/** See {@link FailureMessages#explained}. */
	RuntimeException explained(RuntimeException failure) {
		return this.failures.explained(failure);
	}

	/** Whether a stop was asked for, so that a part that ends is no failure. */
	boolean isStopping() {
		return this.stopping;
	}

}
