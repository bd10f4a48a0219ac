package io.dapr.quickstarts.bindings.launcher;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;

import io.dapr.quickstarts.bindings.launcher.kafka.ContainerKafka;
import io.dapr.quickstarts.bindings.launcher.kafka.RunningKafka;
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
		exitCodeListHeading = "%nExit codes:%n", exitCodeList = { "0:all orders arrived, each once and in order",
				"1:an order is missing, or a part could not be started or ended by itself", "2:a wrong option" })
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
		checkKafka();
		var console = new Console(System.out, endOnce());
		var monitor = new Monitor(Quickstart.GROUP, Duration.ofMillis(this.interval), console::say);
		var dashboard = openDashboard(monitor);
		dashboard.ifPresent((opened) -> console.say("page at " + opened.address()));
		var quickstart = new Quickstart(new QuickstartOptions(this.orders, Duration.ofMillis(this.interval), this.kafka,
				this.verbose, this.trace), Project.current(), console, monitor, dashboard);
		Runtime.getRuntime().addShutdownHook(new Thread(() -> {
			if (!quickstart.isStopping()) {
				console.say("stopping");
				quickstart.stop();
			}
		}));
		try {
			return quickstart.run();
		}
		catch (RuntimeException ex) {
			if (quickstart.isStopping()) {
				return CommandLine.ExitCode.SOFTWARE;
			}
			throw quickstart.explain(ex);
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

	private void checkKafka() {
		if (this.kafka.equals("embedded")) {
			return;
		}
		if (this.kafka.equals("container")) {
			ContainerKafka.obstacle().ifPresent((obstacle) -> {
				throw wrong("--kafka is container, but %s; use --kafka embedded".formatted(obstacle));
			});
			return;
		}
		if (!HOST_AND_PORT.matcher(this.kafka).matches()) {
			throw wrong("--kafka is '%s'; expected embedded, container or HOST:PORT".formatted(this.kafka));
		}
		try {
			new RunningKafka(this.kafka).start();
		}
		catch (IllegalStateException | KafkaException ex) {
			throw wrong("--kafka is %s, but no Kafka broker answers there; start one, or use --kafka embedded"
				.formatted(this.kafka));
		}
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
