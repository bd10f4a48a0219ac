package io.dapr.quickstarts.bindings.launcher.kafka;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;

import io.dapr.quickstarts.bindings.launcher.process.ChildEnvironment;
import io.dapr.quickstarts.bindings.launcher.process.FreePorts;
import io.dapr.quickstarts.bindings.launcher.process.InvalidSettingException;
import io.dapr.quickstarts.bindings.launcher.process.JavaCommand;
import io.dapr.quickstarts.bindings.launcher.process.ManagedProcess;
import io.dapr.quickstarts.bindings.launcher.process.UserFolders;
import org.apache.commons.io.file.PathUtils;
import org.apache.kafka.common.Uuid;

/**
 * The real Kafka broker from this program's own class path, in a process of its own: one
 * KRaft node, its data in a folder that may go away.
 */
public final class EmbeddedKafka implements KafkaBroker {

	/** The option for what the nodes of one cluster have in common. */
	static final String CLUSTER_ID = "--cluster-id";

	private static final Duration START_LIMIT = Duration.ofSeconds(60);

	private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

	private final int port;

	private final int controllerPort = FreePorts.any();

	private final Path settings;

	private final Path data;

	private final Map<String, String> moreSettings;

	private final ManagedProcess process;

	/**
	 * Describes a broker; it does not run yet.
	 * @param port the port at which it will listen, on the loopback address alone
	 * @param folder where its settings, log and data go
	 * @param lines is given each line that it prints
	 */
	public EmbeddedKafka(int port, Path folder, Consumer<String> lines) {
		this(port, folder, Map.of(), List.of(), lines);
	}

	/**
	 * Describes a broker whose data folder is prepared in a way of its own; it does not
	 * run yet.
	 * @param port the port at which it will listen, on the loopback address alone
	 * @param folder where its settings, log and data go
	 * @param moreSettings settings of the broker, by name
	 * @param formatOptions options of {@code kafka-storage.sh format}, such as
	 * {@code --add-scram}
	 * @param lines is given each line that it prints
	 */
	public EmbeddedKafka(int port, Path folder, Map<String, String> moreSettings, List<String> formatOptions,
			Consumer<String> lines) {
		this.port = port;
		this.moreSettings = moreSettings;
		this.settings = folder.resolve("kafka.properties");
		this.data = folder.resolve("kafka-data");
		if (this.data.toString().contains(",")) {
			throw new InvalidSettingException(
					"Kafka would take %s for several folders, since its name has a comma; set TMPDIR to another"
						.formatted(folder));
		}
		this.process = new ManagedProcess("the Kafka broker", command(formatOptions), ChildEnvironment.local(),
				folder.resolve("kafka.log"), lines);
	}

	private List<String> command(List<String> formatOptions) {
		var command = new ArrayList<>(JavaCommand.of("kafka",
				// A short life and little data: quick to start rather than fast.
				"-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
				"-Dlogback.configurationFile=kafka-logback.xml", "-cp", System.getProperty("java.class.path"),
				BrokerProgram.class.getName(), this.settings.toString()));
		command.addAll(formatOptions);
		if (!formatOptions.contains(CLUSTER_ID)) {
			command.addAll(List.of(CLUSTER_ID, Uuid.randomUuid().toString()));
		}
		return command;
	}

	@Override
	public String bootstrapServers() {
		return "127.0.0.1:" + this.port;
	}

	@Override
	public void start() {
		writeSettings();
		this.process.start();
		try (var topics = new Topics(this, Duration.ofSeconds(1))) {
			this.process.await("answers at " + bootstrapServers(), START_LIMIT, () -> !topics.brokers().isEmpty());
		}
	}

	private void writeSettings() {
		try (var file = Files.newOutputStream(this.settings)) {
			// It escapes the letters of a folder's name that are not ASCII.
			properties().store(file, null);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Cannot write " + this.settings + ": " + UserFolders.reason(ex), ex);
		}
	}

	private Properties properties() {
		// By address: not every machine knows the name localhost.
		var broker = "127.0.0.1:" + this.port;
		var controller = "127.0.0.1:" + this.controllerPort;
		var properties = new Properties();
		properties.put("process.roles", "broker,controller");
		properties.put("node.id", "1");
		properties.put("controller.quorum.voters", "1@" + controller);
		properties.put("listeners", "PLAINTEXT://" + broker + ",CONTROLLER://" + controller);
		properties.put("controller.listener.names", "CONTROLLER");
		properties.put("log.dirs", this.data.toString());
		// One node cannot keep copies.
		properties.put("offsets.topic.replication.factor", "1");
		properties.put("transaction.state.log.replication.factor", "1");
		properties.put("transaction.state.log.min.isr", "1");
		// A killed broker may come back when the controller has given up its old session,
		// by default after 9 s.
		properties.put("broker.session.timeout.ms", "3000");
		properties.put("broker.heartbeat.interval.ms", "1000");
		// A single consumer: no wait for others, no fifty files for its offsets.
		properties.put("group.initial.rebalance.delay.ms", "0");
		properties.put("offsets.topic.num.partitions", "1");
		// The log cleaner has few keys: 234 MB of memory after the start in place of 368.
		properties.put("log.cleaner.dedupe.buffer.size", "2097152");
		properties.put("auto.create.topics.enable", "false");
		properties.putAll(this.moreSettings);
		return properties;
	}

	@Override
	public void stop() {
		this.process.stop(STOP_LIMIT);
	}

	@Override
	public void deleteData() {
		try {
			if (Files.exists(this.data)) {
				PathUtils.deleteDirectory(this.data);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void kill() {
		this.process.kill();
	}

	public ManagedProcess process() {
		return this.process;
	}

}
