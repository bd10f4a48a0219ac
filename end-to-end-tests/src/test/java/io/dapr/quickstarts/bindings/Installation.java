package io.dapr.quickstarts.bindings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import io.dapr.quickstarts.bindings.launcher.Apps;
import io.dapr.quickstarts.bindings.launcher.Project;
import io.dapr.quickstarts.bindings.launcher.dapr.ComponentFiles;
import io.dapr.quickstarts.bindings.launcher.dapr.Sidecar;
import io.dapr.quickstarts.bindings.launcher.dapr.SidecarSettings;
import io.dapr.quickstarts.bindings.launcher.kafka.ConsumerGroup;
import io.dapr.quickstarts.bindings.launcher.kafka.KafkaBroker;
import io.dapr.quickstarts.bindings.launcher.kafka.Offsets;
import io.dapr.quickstarts.bindings.launcher.kafka.Topics;
import io.dapr.quickstarts.bindings.launcher.process.Background;
import io.dapr.quickstarts.bindings.launcher.process.FreePorts;
import io.dapr.quickstarts.bindings.launcher.orders.OrderTracker;
import io.dapr.quickstarts.bindings.launcher.process.ManagedProcess;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Both apps with their sidecars, with topics, a consumer group and ports of their own, so
 * that tests do not see each other.
 */
class Installation implements AutoCloseable {

	/** Many tests may run at the same time. */
	static final Duration LIMIT = Duration.ofMinutes(3);

	private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

	static final Duration SIDECAR_STOP_LIMIT = SidecarSettings.STANDARD.stopLimit();

	private static final String STATE_STORE = "statestore.yaml";

	private static final HttpClient HTTP = HttpClient.newHttpClient();

	private static final Pattern FAILED = Pattern.compile("^orders_failed_total (\\S+)$", Pattern.MULTILINE);

	final KafkaBroker kafka;

	final String topic;

	final String deadLetterTopic;

	final String group;

	volatile OrderTracker orders = new OrderTracker(InstantSource.system());

	volatile Deliveries deliveries = new Deliveries();

	final List<String> consumerLines = new CopyOnWriteArrayList<>();

	final List<String> producerLines = new CopyOnWriteArrayList<>();

	final int consumerPort = FreePorts.any();

	final Sidecar consumerSidecar;

	final Sidecar producerSidecar;

	final ManagedProcess consumer;

	private final Path folder = TestKafka.temporaryFolder("run-");

	/** The folder with the component files of both sidecars. */
	final Path components = this.folder.resolve("components");

	private final Apps apps = new Apps(Project.current(), this.folder, Optional.empty());

	private final Map<String, String> appEnvironment;

	private ManagedProcess producer;

	/** With a topic of its own, which has one partition. */
	Installation(KafkaBroker kafka) {
		this(on(kafka));
	}

	Installation(InstallationBuilder builder) {
		this.appEnvironment = builder.appEnvironment;
		this.kafka = builder.kafka;
		this.topic = builder.topic;
		this.deadLetterTopic = this.topic + "-dead-letter";
		this.group = this.topic + "-" + builder.group;
		try (var topics = new Topics(this.kafka)) {
			topics.createForOrders(this.topic, builder.partitions);
			topics.createForDeadLetters(this.deadLetterTopic);
		}
		builder.components.with("topics", this.topic)
			.with("sample-topic", "publishTopic", this.topic)
			.with("sample-dead-letter", "publishTopic", this.deadLetterTopic)
			.with("consumerGroup", this.group)
			.withStateFile(stateFile())
			.copyTo(this.components);
		var configurations = List.of(Project.current().configuration());
		var daprd = Preparation.find();
		this.consumerSidecar = new Sidecar(builder.sidecars, daprd, Apps.CONSUMER,
				OptionalInt.of(builder.deliveryPort.orElse(this.consumerPort)), this.components, configurations,
				this.folder.resolve("consumer-sidecar.log"), (line) -> {
				});
		this.producerSidecar = new Sidecar(builder.sidecars, daprd, Apps.PRODUCER, OptionalInt.empty(), this.components,
				configurations, this.folder.resolve("producer-sidecar.log"), (line) -> {
				});
		this.consumer = this.apps.consumer(this.consumerPort, environment(this.consumerSidecar), (line) -> {
			this.consumerLines.add(line);
			this.orders.readConsumer(line);
			this.deliveries.read(line);
		});
	}

	/** For an installation that differs. */
	static InstallationBuilder on(KafkaBroker kafka) {
		return new InstallationBuilder(kafka);
	}

	/** For the next of the tests that share it; the one before may have failed. */
	void runWithoutOrders() {
		if (this.producer != null) {
			stopProducer();
		}
		forgetLines();
		this.orders = new OrderTracker(InstantSource.system());
		this.deliveries = new Deliveries();
		if (!Stream.of(this.consumer, this.consumerSidecar.process(), this.producerSidecar.process())
			.allMatch(ManagedProcess::isRunning)) {
			close();
			startConsumer();
			startProducerSidecar();
		}
	}

	/** Makes room in a long run. */
	void forgetLines() {
		this.consumerLines.clear();
		this.producerLines.clear();
	}

	private Map<String, String> environment(Sidecar sidecar) {
		var environment = new HashMap<>(this.appEnvironment);
		environment.putAll(sidecar.environment());
		return environment;
	}

	/** Starts the consumer and its sidecar and waits until the consumer serves. */
	void startConsumer() {
		this.consumer.start();
		this.consumerSidecar.process().start();
		this.consumer.await("serves", LIMIT,
				() -> this.consumerLines.stream().anyMatch((line) -> line.contains("Consumer app listening")));
	}

	/** Starts the producer's sidecar and waits until it takes calls. */
	void startProducerSidecar() {
		this.producerSidecar.process().start();
		this.producerSidecar.awaitReady(LIMIT);
	}

	/** Starts a producer; its sidecar need not run yet. */
	ManagedProcess startProducer(long orders, Duration interval) {
		this.producer = this.apps.producer(orders, interval, environment(this.producerSidecar), (line) -> {
			this.producerLines.add(line);
			this.orders.readProducer(line);
		});
		this.producer.start();
		return this.producer;
	}

	/** Asks the producer to end and waits until it has. */
	void stopProducer() {
		this.producer.stop(STOP_LIMIT);
	}

	/** How many orders the sidecar has accepted, by the producer's own words. */
	long accepted() {
		return this.orders.counters().accepted();
	}

	/** Starts all four parts. */
	void start(long orders, Duration interval) {
		startConsumer();
		startProducerSidecar();
		startProducer(orders, interval);
	}

	/**
	 * Waits until the consumer has printed some orders, repeats not counted. On a busy
	 * machine many orders take long; none takes longer than the limit.
	 */
	void awaitArrivals(long count) {
		for (var soFar = arrivals(); soFar < count; soFar = arrivals()) {
			var before = soFar;
			await("of %d orders, the next after %d has arrived".formatted(count, before)).atMost(LIMIT)
				.until(() -> arrivals() > before);
		}
	}

	/** As above, beyond those that it has printed already. */
	void awaitFurtherArrivals(long count) {
		awaitArrivals(arrivals() + count);
	}

	/** How many orders the consumer has printed, repeats not counted. */
	int arrivals() {
		return this.deliveries.soFar().firstDeliveries().size();
	}

	/** Whether the consumer has handled an order. */
	boolean hasArrived(long orderId) {
		return this.deliveries.handled().contains(orderId);
	}

	/** Waits until the consumer has handled an order. */
	void awaitOrder(long orderId) {
		await("order %d has arrived".formatted(orderId)).atMost(LIMIT).until(() -> hasArrived(orderId));
	}

	/** Waits for all orders and checks that each came, in order; repeats may follow. */
	void awaitAllInOrder(long orders) {
		awaitArrivals(orders);
		assertThat(this.deliveries.soFar().firstDeliveries()).as("first deliveries").isEqualTo(numbers(orders));
	}

	/** Waits for all orders and checks that the consumer handled each of them once. */
	void awaitAllOnceInOrder(long orders) {
		awaitAllInOrder(orders);
		assertThat(this.deliveries.handled()).as("orders handled").isEqualTo(numbers(orders));
	}

	static List<Long> numbers(long count) {
		return LongStream.rangeClosed(1, count).boxed().toList();
	}

	/** Changes the text of the binding's component file. */
	void editBinding(UnaryOperator<String> change) {
		edit("kafka_bindings.yaml", change);
	}

	/** Changes a setting of the binding in its file; the sidecars may run. */
	void setComponent(String setting, String value) {
		ComponentFiles.read(this.components).with("sample-topic", setting, value).copyTo(this.components);
	}

	/** Lets the consumer remember in memory what it has handled. */
	void removeStateStore() {
		assertThat(this.components.resolve(STATE_STORE).toFile().delete()).isTrue();
	}

	/** Keeps the state elsewhere, as a component file says. */
	void useStateStore(String component) {
		edit(STATE_STORE, (file) -> component);
	}

	/** Keeps the embedded state store's file in another folder. */
	void keepStateIn(Path other) {
		ComponentFiles.read(this.components).withStateFile(other.resolve("orders.db")).copyTo(this.components);
	}

	private void edit(String name, UnaryOperator<String> change) {
		var file = this.components.resolve(name);
		try {
			Files.writeString(file, change.apply(Files.readString(file)));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** The file of the embedded state store. */
	Path stateFile() {
		return this.folder.resolve("orders.db");
	}

	/**
	 * What the ledger says, by the consumer's sidecar; no orders if that does not answer.
	 */
	Account account(String source) {
		return Account.read(this.consumerSidecar.httpPort(), source);
	}

	/** The id of the producer's run, as soon as the producer tells it. */
	String runId() {
		var prefix = "Run ";
		await("the producer tells its run").atMost(LIMIT)
			.until(() -> this.producerLines.stream().anyMatch((line) -> line.startsWith(prefix)));
		return this.producerLines.stream()
			.filter((line) -> line.startsWith(prefix))
			.reduce((first, second) -> second)
			.map((line) -> line.substring(prefix.length()))
			.orElseThrow();
	}

	/**
	 * Waits until all orders of the producer's run have taken effect.
	 * @return what they have come to
	 */
	Account awaitAllInLedger(long orders) {
		var run = runId();
		await("%d orders are in the ledger".formatted(orders)).atMost(LIMIT)
			.until(() -> account(run).orders() >= orders);
		awaitAllCommitted();
		return account(run);
	}

	/** Then whatever was delivered again has been handled too. */
	void awaitAllCommitted() {
		awaitOffsets("all is committed",
				(offsets) -> offsets.values().stream().allMatch((partition) -> partition.lag() == 0));
	}

	/** Waits for how far the topic reaches and how far the consumers have read it. */
	void awaitOffsets(String what, Predicate<Map<TopicPartition, Offsets>> condition) {
		try (var consumers = new ConsumerGroup(this.kafka, this.group, LIMIT)) {
			await(what).atMost(LIMIT).until(() -> condition.test(consumers.offsets(this.topic)));
		}
	}

	/** Waits until so many consumers have joined the group and share its partitions. */
	void awaitMembers(int count) {
		try (var admin = new KafkaAdmin(this.kafka)) {
			admin.awaitMembers(this.group, count);
		}
	}

	/** Sets the configuration of a topic. */
	void configure(String topic, String name, String value) {
		try (var admin = new KafkaAdmin(this.kafka)) {
			admin.configure(topic, name, value);
		}
	}

	/** Lets the dead-letter topic refuse each record, or take them again. */
	void refuseDeadLetters(boolean refuse) {
		configure(this.deadLetterTopic, TopicConfig.MAX_MESSAGE_BYTES_CONFIG, refuse ? "1" : "2097152");
	}

	/** Posts an order to the consumer, as the sidecar does; gives the answer's status. */
	CompletableFuture<Integer> deliver(long orderId) {
		var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + this.consumerPort + "/sample-topic"))
			.timeout(LIMIT)
			.headers("Content-Type", "application/json", "message-id", "3f2a9c1b7d40-" + orderId, "__topic", "sample",
					"__partition", "0", "__offset", Long.toString(orderId))
			.POST(HttpRequest.BodyPublishers.ofString("{\"orderId\": %d}".formatted(orderId)))
			.build();
		return HTTP.sendAsync(request, HttpResponse.BodyHandlers.discarding()).thenApply(HttpResponse::statusCode);
	}

	/** How many deliveries have failed, by the consumer's own metrics. */
	long failedDeliveries() {
		var failed = FAILED.matcher(consumerMetrics());
		return failed.find() ? (long) Double.parseDouble(failed.group(1)) : 0;
	}

	/** The consumer's metrics as Prometheus reads them. */
	String consumerMetrics() {
		return read(URI.create("http://127.0.0.1:" + this.consumerPort + "/actuator/prometheus"));
	}

	/** The metrics of the consumer and of both sidecars as Prometheus reads them. */
	String metrics() {
		return String.join("\n", consumerMetrics(), read(this.consumerSidecar.metrics()),
				read(this.producerSidecar.metrics()));
	}

	private static String read(URI metrics) {
		var request = HttpRequest.newBuilder(metrics).timeout(Duration.ofSeconds(5)).build();
		try {
			return HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
		catch (IOException ex) {
			throw new IllegalStateException("No metrics at " + metrics, ex);
		}
	}

	/** Asks the consumer and its sidecar to end at the same time. */
	void stopConsumerAndSidecar() {
		var sidecar = Background.run(() -> this.consumerSidecar.process().stop(SIDECAR_STOP_LIMIT));
		this.consumer.stop(STOP_LIMIT);
		sidecar.join();
	}

	/** Lets the group, which must have no members, read all again. */
	void resetGroup() {
		try (var admin = new KafkaAdmin(this.kafka)) {
			admin.resetGroup(this.group, this.topic);
		}
	}

	/** Deletes the topic and creates it again, with one partition. */
	void createTopicAgain() {
		try (var admin = new KafkaAdmin(this.kafka); var topics = new Topics(this.kafka)) {
			admin.delete(List.of(this.topic));
			topics.createForOrders(this.topic, 1);
		}
	}

	@Override
	public void close() {
		if (this.producer != null) {
			this.producer.stop(STOP_LIMIT);
		}
		this.producerSidecar.process().stop(STOP_LIMIT);
		this.consumerSidecar.process().stop(STOP_LIMIT);
		this.consumer.stop(STOP_LIMIT);
	}

}
