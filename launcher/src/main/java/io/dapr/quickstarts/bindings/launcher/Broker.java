package io.dapr.quickstarts.bindings.launcher;

import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;

import io.dapr.quickstarts.bindings.launcher.dapr.OrderTopic;
import io.dapr.quickstarts.bindings.launcher.kafka.ConsumerGroup;
import io.dapr.quickstarts.bindings.launcher.kafka.ContainerKafka;
import io.dapr.quickstarts.bindings.launcher.kafka.EmbeddedCluster;
import io.dapr.quickstarts.bindings.launcher.kafka.EmbeddedKafka;
import io.dapr.quickstarts.bindings.launcher.kafka.KafkaBroker;
import io.dapr.quickstarts.bindings.launcher.kafka.RunningKafka;
import io.dapr.quickstarts.bindings.launcher.kafka.Topics;
import io.dapr.quickstarts.bindings.launcher.monitor.Service;
import io.dapr.quickstarts.bindings.launcher.process.FreePorts;
import io.dapr.quickstarts.bindings.launcher.process.ManagedProcess;

/** The broker of a run, as {@code --kafka} chooses it, with the topics of the orders. */
final class Broker {

	private static final Duration ANSWER_LIMIT = Duration.ofSeconds(30);

	private final QuickstartOptions options;

	private final Path folder;

	private final Service service;

	private final OrderTopic topic;

	private final Console console;

	private final Consumer<ManagedProcess> watch;

	private final int port = FreePorts.preferably(9092);

	private volatile KafkaBroker kafka;

	/**
	 * Prepares a broker; it does not run yet.
	 * @param options say which broker
	 * @param folder where an embedded broker keeps its data
	 * @param service the broker as the dashboard shows it
	 * @param topic the topics that it gets
	 * @param console shows its lines
	 * @param watch is given each process of an embedded broker
	 */
	Broker(QuickstartOptions options, Path folder, Service service, OrderTopic topic, Console console,
			Consumer<ManagedProcess> watch) {
		this.options = options;
		this.folder = folder;
		this.service = service;
		this.topic = topic;
		this.console = console;
		this.watch = watch;
	}

	/** Starts the broker and creates the topics. */
	void start() {
		this.kafka = choose();
		this.kafka.start();
		createTopics();
		sayWhatIsThere();
		this.console.say("Kafka (%s) answers at %s".formatted(this.options.kafka(), this.kafka.bootstrapServers()));
	}

	private KafkaBroker choose() {
		return switch (this.options.kafka()) {
			case "embedded" -> (this.options.brokers() > 1) ? cluster() : embedded();
			case "container" -> {
				var container = new ContainerKafka();
				yield attach(container, null, container::kill);
			}
			default -> attach(new RunningKafka(this.options.kafka(), this.options.kafkaConfig()), null, null);
		};
	}

	private KafkaBroker embedded() {
		var embedded = new EmbeddedKafka(this.port, this.folder, this.console.verboseLines("kafka"));
		this.watch.accept(embedded.process());
		return attach(embedded, embedded.process(), embedded::kill);
	}

	private KafkaBroker cluster() {
		var cluster = new EmbeddedCluster(this.port, this.folder, this.console.verboseLines("kafka"));
		cluster.brokers().forEach((broker) -> this.watch.accept(broker.process()));
		this.service.attachReplicated(cluster::start, () -> cluster.killLeader(this.topic.name()));
		return cluster;
	}

	private KafkaBroker attach(KafkaBroker broker, ManagedProcess process, Runnable kill) {
		this.service.attach(process, broker::start, kill);
		return broker;
	}

	/** The broker, null until the start. */
	KafkaBroker kafka() {
		return this.kafka;
	}

	private void createTopics() {
		try (var topics = new Topics(this.kafka)) {
			topics.createForOrders(this.topic.name(), 1);
			topics.createForDeadLetters(this.topic.deadLetters());
			if (!topics.isUncompressed(this.topic.name())) {
				this.console.say(
						"the topic %s lacks the setting compression.type=uncompressed, so that a compressed record may be too large to be delivered"
							.formatted(this.topic.name()));
			}
		}
	}

	/** A broker that ran before may have consumers and orders. */
	private void sayWhatIsThere() {
		try (var consumers = new ConsumerGroup(this.kafka, this.topic.group(), ANSWER_LIMIT)) {
			var members = consumers.members();
			if (members > 0) {
				this.console.say(("the consumer group %s has members already (%d): an order that one of them takes does"
						+ " not arrive here; stop them, or give the Kafka component another consumerGroup")
					.formatted(this.topic.group(), members));
			}
			consumers.offsets(this.topic.name()).forEach((partition, offsets) -> {
				// Only a record is an order: the end of a transaction has an offset too.
				if (offsets.lag() > 0 && consumers.hasRecord(partition, offsets.next())) {
					this.console.say("%d orders of an earlier run come first".formatted(offsets.lag()));
				}
			});
		}
	}

	/** Stops the broker. Its logs stay for the user to read, its records do not. */
	void stop() {
		if (this.kafka != null) {
			this.kafka.stop();
			this.kafka.deleteData();
		}
	}

}
