package io.dapr.quickstarts.bindings.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

import io.dapr.quickstarts.bindings.launcher.process.FreePorts;
import io.dapr.quickstarts.bindings.launcher.process.Wait;

/**
 * The time from the producer's call to the consumer's handling, beside that of plain
 * Kafka clients on the same broker. Both apps print a line at these moments; the
 * benchmark takes the time when it reads the line, so that one clock serves both.
 */
final class Latency implements Measurement {

	private static final String METRIC = "latency, ";

	private static final Pattern SENT = Pattern
		.compile("\\{\"data\":\\{\"orderId\":(\\d+)},\"operation\":\"create\"}$");

	private static final Pattern HANDLED = Pattern.compile("\\{ orderId: (\\d+) }$");

	private static final Pattern PAUSE = Pattern.compile("Pause .* (\\d+\\.\\d+)ms$", Pattern.MULTILINE);

	private static final Duration LIMIT = Duration.ofSeconds(60);

	/** 100 orders a second. */
	private static final Duration INTERVAL = Duration.ofMillis(10);

	/** A call takes about 2 ms of the interval. */
	private static final Duration PAUSE_BETWEEN_CALLS = Duration.ofMillis(8);

	@Override
	public void run(TestBed testBed, Systems systems, Scale scale, Results results) {
		var warmUp = scale.timed() / 5;
		var orders = warmUp + scale.timed();
		for (var round = 0; round < scale.rounds(); round++) {
			add(results, "producer-app to consumer-app, " + systems.best().name(),
					apps(testBed, systems.best(), orders, warmUp, results), warmUp);
			var topic = testBed.topic(1);
			add(results, "Kafka client to Kafka client",
					new KafkaClients(testBed.bootstrapServers(), topic.name()).run(orders, INTERVAL), warmUp);
			topic.close();
		}
	}

	private static void add(Results results, String path, OrderTimes times, int warmUp) {
		var latencies = times.latencies(warmUp + 1, INTERVAL);
		for (var percentile : new int[] { 50, 95, 99 }) {
			results.add(METRIC + "p" + percentile, "ms", path, latencies.getValueAtPercentile(percentile) / 1e6);
		}
		results.add(METRIC + "max", "ms", path, latencies.getMaxValue() / 1e6);
	}

	/** Starts both apps and their sidecars anew. */
	private static OrderTimes apps(TestBed testBed, Systems.Form form, int orders, int warmUp, Results results) {
		var times = new OrderTimes(orders);
		var port = FreePorts.any();
		var topic = testBed.topic(1);
		var consumerPauses = testBed.newLog("gc");
		var consumer = testBed.start(form.consumer().withFlags("-Xlog:gc:file=" + consumerPauses),
				Map.of("APP_PORT", Integer.toString(port)), note(HANDLED, times::handled));
		Wait.until("the consumer listens at port " + port, LIMIT, () -> OrderPost.isListening(port));
		var consumerSidecar = testBed.startConsumerSidecar(port, topic.name(), false, Optional.empty());
		var producerSidecar = testBed.startProducerSidecar(topic.name(), Optional.empty());
		var producerPauses = testBed.newLog("gc");
		var producer = testBed.start(form.producer().withFlags("-Xlog:gc:file=" + producerPauses),
				ProducerRun.environment(producerSidecar, orders, PAUSE_BETWEEN_CALLS), note(SENT, times::sent));

		Wait.until("the first orders are handled", LIMIT, () -> times.isHandled(warmUp));
		var consumerWarm = size(consumerPauses);
		var producerWarm = size(producerPauses);
		Wait.until("all orders are handled", LIMIT.plus(INTERVAL.multipliedBy(2L * orders)),
				() -> times.isHandled(orders));

		Resources.stop(producer, producerSidecar.process(), consumerSidecar.process(), consumer);
		topic.close();
		results.add("longest GC pause", "ms", form.consumer().name(), longestPause(consumerPauses, consumerWarm));
		results.add("longest GC pause", "ms", form.producer().name(), longestPause(producerPauses, producerWarm));
		return times;
	}

	private static Consumer<String> note(Pattern pattern, OrderTime time) {
		return (line) -> {
			var now = System.nanoTime();
			var order = pattern.matcher(line);
			if (order.find()) {
				time.note(Integer.parseInt(order.group(1)), now);
			}
		};
	}

	private static long size(Path file) {
		try {
			return Files.size(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Cannot read " + file, ex);
		}
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

	/** Notes when something happened to an order. */
	private interface OrderTime {

		void note(int order, long nanoTime);

	}

}
