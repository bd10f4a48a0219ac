package io.dapr.quickstarts.bindings.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;

import io.dapr.quickstarts.bindings.launcher.process.ChildEnvironment;
import io.dapr.quickstarts.bindings.launcher.process.FreePorts;
import io.dapr.quickstarts.bindings.launcher.process.ManagedProcess;
import io.dapr.quickstarts.bindings.launcher.process.Wait;
import org.HdrHistogram.Histogram;

/**
 * The time from the producer's call to the consumer's handling, beside that from a plain
 * Kafka client's send to its poll on the same broker. Both apps print a line at these
 * moments; the benchmark takes the time when the line reaches it, so that one clock
 * serves both.
 */
final class Latency implements Item {

	static final String NAME = "latency";

	private static final Pattern SENT = Pattern.compile("^\\{\"data\":\\{\"orderId\":(\\d+)}");

	private static final Pattern HANDLED = Pattern.compile("\\{ orderId: (\\d+) }$");

	private static final Pattern PAUSE = Pattern.compile("Pause .* (\\d+\\.\\d+)ms$", Pattern.MULTILINE);

	private static final Duration LIMIT = Duration.ofSeconds(60);

	/** A call takes about 2 ms, so that 100 orders a second leave this pause. */
	private static final long PAUSE_MS = 8;

	@Override
	public List<Figure> measure(Workbench workbench, Subjects subjects, Scale scale) {
		var orders = scale.watched().toMillis() / 10;
		var warmUp = orders / 5;
		var rounds = new Rounds();
		var form = subjects.best();
		for (var round = 1; round <= scale.rounds(); round++) {
			var chain = new Chain(workbench, form);
			add(rounds, "producer-app to consumer-app, " + form.name(), chain.measure(orders, warmUp));
			rounds.add("consumer-app: longest GC pause", "ms", longestPause(chain.consumerPauses, chain.consumerStart));
			rounds.add("producer-app: longest GC pause", "ms", longestPause(chain.producerPauses, chain.producerStart));
			add(rounds, "Kafka client to Kafka client (limit)",
					new DirectClients(workbench.bootstrapServers(), workbench.topic(1).name()).measure(orders, warmUp));
			workbench.say("latency, round %d of %d".formatted(round, scale.rounds()));
		}
		return rounds.figures(NAME);
	}

	private static void add(Rounds rounds, String what, Histogram nanos) {
		rounds.add(what + ": p50", "ms", nanos.getValueAtPercentile(50) / 1e6);
		rounds.add(what + ": p95", "ms", nanos.getValueAtPercentile(95) / 1e6);
		rounds.add(what + ": p99", "ms", nanos.getValueAtPercentile(99) / 1e6);
		rounds.add(what + ": max", "ms", nanos.getMaxValue() / 1e6);
	}

	/** In milliseconds; 0 if there was none. */
	private static double longestPause(Path log, long from) {
		try {
			return PAUSE.matcher(Files.readString(log).substring((int) from))
				.results()
				.mapToDouble((pause) -> Double.parseDouble(pause.group(1)))
				.max()
				.orElse(0);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Cannot read " + log, ex);
		}
	}

	/** Both apps and their sidecars, new in each round. */
	private static final class Chain {

		private final Workbench workbench;

		private final AppForm form;

		private final Path consumerPauses;

		private final Path producerPauses;

		/** Where the pauses begin that fall into the measured time. */
		private long consumerStart;

		private long producerStart;

		private final Map<Long, Long> sent = new ConcurrentHashMap<>();

		private final Map<Long, Long> handled = new ConcurrentHashMap<>();

		Chain(Workbench workbench, AppForm form) {
			this.workbench = workbench;
			this.form = form;
			try {
				this.consumerPauses = Files.createTempFile(workbench.folder(), "gc-", ".log");
				this.producerPauses = Files.createTempFile(workbench.folder(), "gc-", ".log");
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

		Histogram measure(long orders, long warmUp) {
			var port = FreePorts.any();
			var topic = this.workbench.topic(1).name();
			var consumerSidecar = this.workbench.consumerSidecar(port, topic, Optional.empty());
			var producerSidecar = this.workbench.startProducerSidecar(topic, Optional.empty());
			var consumer = program(AppForm.with(this.form.consumer(), gcLog(this.consumerPauses)),
					Map.of("APP_PORT", Integer.toString(port)), (line) -> note(HANDLED, line, this.handled));
			var producer = program(AppForm.with(this.form.producer(), gcLog(this.producerPauses)),
					Sending.environment(producerSidecar, orders + warmUp, PAUSE_MS),
					(line) -> note(SENT, line, this.sent));
			try {
				consumer.start();
				Wait.until("the consumer listens on port " + port, LIMIT, () -> Port.isOpen(port));
				consumerSidecar.process().start();
				producer.start();
				Wait.until("the first orders are handled", LIMIT, () -> this.handled.containsKey(warmUp));
				this.consumerStart = size(this.consumerPauses);
				this.producerStart = size(this.producerPauses);
				Wait.until("all orders are handled", LIMIT.plusMillis(orders * 20),
						() -> this.handled.containsKey(orders + warmUp));
			}
			finally {
				producer.stop(LIMIT);
				producerSidecar.process().stop(LIMIT);
				consumerSidecar.process().stop(LIMIT);
				consumer.stop(LIMIT);
			}
			return histogram(orders, warmUp);
		}

		private static String gcLog(Path file) {
			return "-Xlog:gc:file=" + file;
		}

		private ManagedProcess program(Subject subject, Map<String, String> environment, Consumer<String> lines) {
			return new ManagedProcess(subject.name(), subject.command(), ChildEnvironment.all().with(environment),
					this.workbench.folder().resolve("latency.log"), lines)
				.in(subject.folder());
		}

		private static long size(Path file) {
			try {
				return Files.size(file);
			}
			catch (IOException ex) {
				throw new UncheckedIOException("Cannot read " + file, ex);
			}
		}

		private static void note(Pattern pattern, String line, Map<Long, Long> moments) {
			var now = System.nanoTime();
			var order = pattern.matcher(line);
			if (order.find()) {
				moments.putIfAbsent(Long.valueOf(order.group(1)), now);
			}
		}

		private Histogram histogram(long orders, long warmUp) {
			var nanos = new Histogram(3);
			for (var order = warmUp + 1; order <= warmUp + orders; order++) {
				nanos.recordValue(Math.max(0, this.handled.get(order) - this.sent.get(order)));
			}
			return nanos;
		}

	}

}
