package io.dapr.quickstarts.bindings.benchmark;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.dapr.quickstarts.bindings.launcher.dapr.Sidecar;
import io.dapr.quickstarts.bindings.launcher.kafka.Topics;
import io.dapr.quickstarts.bindings.launcher.trace.Zipkin;

/**
 * What it costs to trace each order: the same app at a sidecar that traces and at one
 * that does not, in turn. Zipkin, which takes the traces, runs on the same machine.
 */
final class Tracing implements Item {

	static final String NAME = "tracing";

	private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

	private static final String UNIT = "orders/s";

	@Override
	public List<Figure> measure(Workbench workbench, Subjects subjects, Scale scale) {
		workbench.say("starting Zipkin; the first time it is downloaded (135 MB)");
		var zipkin = new Zipkin(workbench.project().home(), workbench.folder());
		workbench.closeLater(zipkin::stop);
		zipkin.start();
		var configuration = zipkin.writeConfiguration();
		var figures = new ArrayList<Figure>();
		figures.addAll(drain(workbench, subjects.best().consumer(), scale, configuration));
		figures.addAll(produce(workbench, subjects.best().producer(), scale, configuration));
		return figures;
	}

	/** The first round warms up. */
	private static List<Figure> drain(Workbench workbench, Subject consumer, Scale scale, Path configuration) {
		var off = "drain, " + consumer.name() + ": off";
		var on = "drain, " + consumer.name() + ": on";
		var rounds = new Rounds();
		try (var plain = new DrainRun(workbench, consumer, 1);
				var traced = new DrainRun(workbench, consumer, 1, Optional.of(configuration))) {
			for (var round = 0; round <= scale.rounds(); round++) {
				workbench.say("tracing, drain, round %d of %d".formatted(round, scale.rounds()));
				var orders = scale.drained(round);
				var plainRate = plain.round(orders, 0).rate();
				var tracedRate = traced.round(orders, 0).rate();
				if (round > 0) {
					rounds.add(off, UNIT, plainRate);
					rounds.add(on, UNIT, tracedRate);
				}
			}
		}
		return compare(rounds, off, on, "drain, on : off");
	}

	private static List<Figure> produce(Workbench workbench, Subject producer, Scale scale, Path configuration) {
		var off = "calls, " + producer.name() + ": off";
		var on = "calls, " + producer.name() + ": on";
		var rounds = new Rounds();
		var traced = workbench.startProducerSidecar(Topics.ORDERS, Optional.of(configuration));
		for (var round = 1; round <= scale.rounds(); round++) {
			workbench.say("tracing, calls, round %d of %d".formatted(round, scale.rounds()));
			rounds.add(off, UNIT, rate(workbench, workbench.producerSidecar(), producer, scale));
			rounds.add(on, UNIT, rate(workbench, traced, producer, scale));
		}
		traced.process().stop(STOP_LIMIT);
		return compare(rounds, off, on, "calls, on : off");
	}

	private static double rate(Workbench workbench, Sidecar sidecar, Subject producer, Scale scale) {
		return Sending.run(workbench, sidecar, producer, scale.sent()).rate();
	}

	private static List<Figure> compare(Rounds rounds, String off, String on, String what) {
		var figures = new ArrayList<>(rounds.figures(NAME));
		figures.add(Figure.ratio(NAME, what, rounds.of(on), rounds.of(off)));
		return figures;
	}

}
