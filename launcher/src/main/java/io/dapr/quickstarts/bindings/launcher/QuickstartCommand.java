package io.dapr.quickstarts.bindings.launcher;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;

import io.dapr.quickstarts.bindings.launcher.kafka.ClientProperties;
import io.dapr.quickstarts.bindings.launcher.kafka.ContainerKafka;
import io.dapr.quickstarts.bindings.launcher.kafka.EmbeddedCluster;
import io.dapr.quickstarts.bindings.launcher.kafka.RunningKafka;
import io.dapr.quickstarts.bindings.launcher.dapr.ComponentFiles;
import io.dapr.quickstarts.bindings.launcher.dapr.OrderTopic;
import io.dapr.quickstarts.bindings.launcher.dashboard.Dashboard;
import io.dapr.quickstarts.bindings.launcher.monitor.Monitor;
import org.apache.kafka.common.KafkaException;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The command line of {@code ./quickstart}. */
@Command(name = "quickstart", sortOptions = false, usageHelpAutoWidth = true,
		header = "Runs the whole quickstart on this machine: Kafka, two Dapr sidecars, producer and consumer.",
		description = "Ctrl-C stops all of it.",
		footer = "%n./quickstart benchmark measures how fast and small the apps are (see ./quickstart benchmark --help).",
		exitCodeListHeading = "%nExit codes:%n",
		exitCodeList = { "0:all orders arrived, each once and in order",
				"1:an order is missing, or a part could not be started or ended by itself",
				"2:an option, a variable or a file is wrong", "130, 143:stopped by Ctrl-C, by SIGTERM",
				"141:nobody reads what it prints any more" })
public final class QuickstartCommand implements Callable<Integer> {

	/** A port has at most five digits; the host may be an IPv6 address in brackets. */
	private static final Pattern HOST_AND_PORT = Pattern.compile("\\S+:[0-9]{1,5}");

	/** As of a program that SIGPIPE has ended. */
	private static final int NOBODY_READS = 141;

	@Option(names = "--orders", paramLabel = "N", defaultValue = "0", converter = WholeNumber.class,
			description = "Send N orders, check that each arrives once and in order, and end; 0 for no end (default: ${DEFAULT-VALUE}).")
	private long orders;

	@Option(names = "--interval-ms", paramLabel = "N", defaultValue = "1000", converter = Interval.class,
			description = "The pause between two orders in milliseconds (default: ${DEFAULT-VALUE}).")
	private long interval;

	@Option(names = "--kafka", paramLabel = "embedded|container|HOST:PORT", defaultValue = "embedded",
			description = "A broker in a process of its own, one in a container, or one that runs already (default: ${DEFAULT-VALUE}).")
	private String kafka;

	@Option(names = "--brokers", paramLabel = "1|3", defaultValue = "1", converter = BrokerCount.class,
			description = "Start so many embedded brokers; with 3 each record has a copy at each (default: ${DEFAULT-VALUE}).")
	private int brokers;

	@Option(names = "--kafka-config", paramLabel = "FILE",
			description = "How to reach a secured broker that runs already: the settings of a Kafka client, as Kafka's own tools take them.")
	private Path kafkaConfig;

	@Option(names = "--components", paramLabel = "FOLDER",
			description = "The component files of the sidecars (default: components). Only brokers and the state store's file are changed, in a copy.")
	private Path components;

	@Option(names = "--port", paramLabel = "N", converter = Port.class,
			description = "Serve the live page at this port of 127.0.0.1 (default: 8080 or the next free one).")
	private Integer port;

	@Option(names = "--no-page", description = "Serve no page.")
	private boolean noPage;

	@Option(names = "--trace",
			description = "Trace each order from the producer's call to the consumer, and show the traces in Zipkin.")
	private boolean trace;

	@Option(names = "--verbose", description = "Show the lines of Kafka and the sidecars too.")
	private boolean verbose;

	@Option(names = { "-h", "--help" }, usageHelp = true, description = "Show this text.")
	private boolean help;

	@Spec
	private CommandSpec spec;

	private QuickstartCommand() {
	}

	/**
	 * Runs the command and exits with its code.
	 * @param args the options, see {@code ./quickstart --help}
	 */
	public static void main(String[] args) {
		System.exit(CommandLines.of(new QuickstartCommand()).execute(args));
	}

	@Override
	public Integer call() throws Exception {
		var clientSettings = checkKafka();
		var project = Project.current();
		var folder = Optional.ofNullable(this.components).map(CommandLines::fromCaller);
		var components = ComponentFiles.read(folder.orElse(project.components()));
		if (folder.isPresent() && components.value("topics").isEmpty()) {
			throw wrong(
					"--components is %s, where no Kafka component names its topics; expected files such as those in components/"
						.formatted(folder.get()));
		}
		var topic = OrderTopic.of(components);
		var console = new Console(System.out, this.verbose, endOnce());
		var monitor = new Monitor(topic.name(), topic.group(), Duration.ofMillis(this.interval), console::say);
		var dashboard = openDashboard(monitor);
		dashboard.ifPresent((opened) -> console.say("page at " + opened.address()));
		var options = new QuickstartOptions(this.orders, Duration.ofMillis(this.interval), this.kafka, this.brokers,
				clientSettings, folder, this.trace);
		var quickstart = new Quickstart(options, project, components, console, monitor, dashboard);
		Runtime.getRuntime().addShutdownHook(new Thread(() -> {
			if (!quickstart.isStopping()) {
				console.say("stopping");
			}
			// Also to wait for a stop that is under way.
			quickstart.stop();
		}));
		try {
			return quickstart.run();
		}
		catch (RuntimeException ex) {
			if (quickstart.isStopping()) {
				return CommandLine.ExitCode.SOFTWARE;
			}
			throw quickstart.explained(ex);
		}
		finally {
			quickstart.stop();
		}
	}

	/** Whoever has read enough, such as head, is not waited for. */
	private static Runnable endOnce() {
		var ends = new AtomicBoolean();
		return () -> {
			if (ends.compareAndSet(false, true)) {
				System.err.println("quickstart: nobody reads what it prints any more, or a disk is full; stopping");
				// By a thread of its own, since the end waits for those that print.
				new Thread(() -> System.exit(NOBODY_READS)).start();
			}
		};
	}

	/** Checks the options for Kafka and gives the settings for its clients. */
	private Map<String, Object> checkKafka() {
		if (this.brokers > 1 && !this.kafka.equals("embedded")) {
			throw wrong("--brokers %d needs embedded brokers, but --kafka is %s; leave one of both out"
				.formatted(this.brokers, this.kafka));
		}
		if (this.kafkaConfig != null && List.of("embedded", "container").contains(this.kafka)) {
			throw wrong("--kafka-config is for a broker that runs already; name it with --kafka HOST:PORT");
		}
		if (this.kafka.equals("embedded")) {
			return Map.of();
		}
		if (this.kafka.equals("container")) {
			ContainerKafka.obstacle().ifPresent((obstacle) -> {
				throw wrong("--kafka is container, but %s; use --kafka embedded".formatted(obstacle));
			});
			return Map.of();
		}
		if (!HOST_AND_PORT.matcher(this.kafka).matches()) {
			throw wrong("--kafka is '%s'; expected embedded, container or HOST:PORT".formatted(this.kafka));
		}
		var settings = (this.kafkaConfig != null) ? ClientProperties.read(CommandLines.fromCaller(this.kafkaConfig))
				: Map.<String, Object>of();
		try {
			new RunningKafka(this.kafka, settings).start();
		}
		catch (IllegalStateException ex) {
			throw wrong("--kafka is %s, but no Kafka broker answers there; start one, or use --kafka embedded"
				.formatted(this.kafka));
		}
		catch (KafkaException ex) {
			throw wrong("no Kafka client can be made for %s%s: %s".formatted(this.kafka,
					(this.kafkaConfig != null) ? " with " + CommandLines.fromCaller(this.kafkaConfig) : "",
					reason(ex)));
		}
		return settings;
	}

	private static String reason(Throwable failure) {
		return (failure.getCause() != null) ? reason(failure.getCause()) : failure.getMessage();
	}

	private Optional<Dashboard> openDashboard(Monitor monitor) {
		if (this.noPage) {
			return Optional.empty();
		}
		try {
			return Optional
				.of(Dashboard.open((this.port != null) ? OptionalInt.of(this.port) : OptionalInt.empty(), monitor));
		}
		catch (IllegalStateException ex) {
			throw wrong("--port: %s; choose another, or use --no-page".formatted(ex.getMessage()));
		}
	}

	private ParameterException wrong(String message) {
		return new ParameterException(this.spec.commandLine(), message);
	}

	/** Converts a port; picocli adds the option's name to the message. */
	private static final class Port implements ITypeConverter<Integer> {

		@Override
		public Integer convert(String value) {
			if (value.matches("[0-9]{1,5}") && Integer.parseInt(value) >= 1 && Integer.parseInt(value) <= 65_535) {
				return Integer.valueOf(value);
			}
			throw new TypeConversionException("'%s' is no port from 1 to 65535".formatted(value));
		}

	}

	/** Converts a number of brokers; two could not agree when one fails. */
	private static final class BrokerCount implements ITypeConverter<Integer> {

		@Override
		public Integer convert(String value) {
			if (value.equals("1") || value.equals(Integer.toString(EmbeddedCluster.SIZE))) {
				return Integer.valueOf(value);
			}
			throw new TypeConversionException("'%s' is neither 1 nor %d".formatted(value, EmbeddedCluster.SIZE));
		}

	}

	/** Converts an option's value; picocli adds the option's name to the message. */
	private static class WholeNumber implements ITypeConverter<Long> {

		private final long most;

		WholeNumber() {
			this(1_000_000_000);
		}

		WholeNumber(long most) {
			this.most = most;
		}

		@Override
		public Long convert(String value) {
			if (value.matches("[0-9]{1,10}") && Long.parseLong(value) <= this.most) {
				return Long.valueOf(value);
			}
			throw new TypeConversionException("'%s' is no whole number from 0 to %d".formatted(value, this.most));
		}

	}

	/** Converts a pause; a day is the longest that the producer takes. */
	private static final class Interval extends WholeNumber {

		Interval() {
			super(86_400_000);
		}

	}

}
