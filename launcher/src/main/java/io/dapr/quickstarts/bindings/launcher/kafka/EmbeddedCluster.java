package io.dapr.quickstarts.bindings.launcher.kafka;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.dapr.quickstarts.bindings.launcher.process.Background;
import io.dapr.quickstarts.bindings.launcher.process.FreePorts;
import io.dapr.quickstarts.bindings.launcher.process.Wait;
import org.apache.kafka.common.Uuid;

/**
 * Three embedded brokers that keep a copy of each record each. A record is accepted when
 * two have it, so that one of them may fail at any time.
 */
public final class EmbeddedCluster implements KafkaBroker {

	public static final int SIZE = 3;

	private static final Duration START_LIMIT = Duration.ofSeconds(60);

	/** Of one answer; while an election lasts, there is no leader. */
	private static final Duration LEADER_LIMIT = Duration.ofSeconds(5);

	private final List<EmbeddedKafka> brokers;

	/**
	 * Describes the brokers; they do not run yet.
	 * @param port the port of the first one, on the loopback address alone
	 * @param folder each has a folder in it for its settings, log and data
	 * @param lines is given each line that they print
	 */
	public EmbeddedCluster(int port, Path folder, Consumer<String> lines) {
		var controllers = IntStream.range(0, SIZE).mapToObj((node) -> "127.0.0.1:" + FreePorts.any()).toList();
		var format = List.of(EmbeddedKafka.CLUSTER_ID, Uuid.randomUuid().toString());
		this.brokers = IntStream.rangeClosed(1, SIZE).mapToObj((node) -> {
			var itsPort = (node == 1) ? port : FreePorts.any();
			return new EmbeddedKafka(itsPort, createFolder(folder, "kafka-" + node),
					settings(node, "127.0.0.1:" + itsPort, controllers), format, lines);
		}).toList();
	}

	private static Map<String, String> settings(int node, String broker, List<String> controllers) {
		var voters = IntStream.rangeClosed(1, SIZE)
			.mapToObj((voter) -> voter + "@" + controllers.get(voter - 1))
			.collect(Collectors.joining(","));
		return Map.of("node.id", Integer.toString(node), "controller.quorum.voters", voters, "listeners",
				"PLAINTEXT://" + broker + ",CONTROLLER://" + controllers.get(node - 1), "default.replication.factor",
				"3", "offsets.topic.replication.factor", "3",
				// A write is acknowledged only when two brokers have it.
				"min.insync.replicas", "2");
	}

	private static Path createFolder(Path folder, String name) {
		try {
			return Files.createDirectories(folder.resolve(name));
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Cannot create " + folder.resolve(name) + ": " + ex.getMessage(), ex);
		}
	}

	@Override
	public String bootstrapServers() {
		return this.brokers.stream().map(EmbeddedKafka::bootstrapServers).collect(Collectors.joining(","));
	}

	/** Starts the brokers that do not run. They need each other to answer. */
	@Override
	public void start() {
		var starts = this.brokers.stream()
			.filter((broker) -> !broker.process().isRunning())
			.map((broker) -> Background.run(broker::start))
			.toArray(CompletableFuture[]::new);
		try {
			CompletableFuture.allOf(starts).join();
		}
		catch (CompletionException ex) {
			throw (ex.getCause() instanceof RuntimeException cause) ? cause : ex;
		}
		try (var topics = new Topics(this)) {
			Wait.until("all Kafka brokers have joined the cluster", START_LIMIT, () -> topics.brokers().size() == SIZE);
		}
	}

	/**
	 * Ends all brokers at once: of several that end cleanly at the same time, the last
	 * ones would wait in vain for a controller to let them go.
	 */
	@Override
	public void stop() {
		kill();
	}

	@Override
	public void kill() {
		this.brokers.forEach(EmbeddedKafka::kill);
	}

	@Override
	public void deleteData() {
		this.brokers.forEach(EmbeddedKafka::deleteData);
	}

	/**
	 * Kills the broker that leads a topic, or any one while none does; the others go on.
	 * @param topic the topic's name
	 */
	public void killLeader(String topic) {
		try {
			leader(topic).kill();
		}
		catch (IllegalStateException ex) {
			this.brokers.stream()
				.filter((broker) -> broker.process().isRunning())
				.findFirst()
				.ifPresent(EmbeddedKafka::kill);
		}
	}

	/**
	 * Finds the broker that leads the first partition of a topic.
	 * @param topic the topic's name
	 * @return the leader
	 * @throws IllegalStateException if there is none
	 */
	public EmbeddedKafka leader(String topic) {
		try (var topics = new Topics(this, LEADER_LIMIT)) {
			return this.brokers.get(topics.leader(topic) - 1);
		}
	}

	public List<EmbeddedKafka> brokers() {
		return this.brokers;
	}

}
