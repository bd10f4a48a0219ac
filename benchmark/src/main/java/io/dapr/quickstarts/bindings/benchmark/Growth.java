package io.dapr.quickstarts.bindings.benchmark;

import java.util.ArrayList;
import java.util.List;

/**
 * How the consumer's speed changes with the number of partitions, each of which the
 * sidecar hands over by itself, and with the size of an order.
 */
final class Growth implements Item {

	static final String NAME = "growth";

	private static final int[] PARTITIONS = { 1, 2, 4, 8 };

	private static final int[] SIZES = { 100, 10_000, 500_000 };

	/** So much longer is the round that warms up. */
	private static final int WARM_UP = 4;

	/** What a round may hold at most, so that the largest orders fit in. */
	private static final long MOST_BYTES = 50_000_000;

	@Override
	public List<Figure> measure(Workbench workbench, Subjects subjects, Scale scale) {
		var orders = scale.drained() / (scale.quick() ? 2 : 4);
		var figures = new ArrayList<Figure>();
		for (var partitions : PARTITIONS) {
			figures.addAll(measure(workbench, subjects, scale,
					"%d partition%s".formatted(partitions, (partitions == 1) ? "" : "s"), partitions, orders, 0));
		}
		for (var size : SIZES) {
			var fitting = (int) Math.min(orders, MOST_BYTES / size);
			figures.addAll(measure(workbench, subjects, scale, "orders of %,d B".formatted(size), 1, fitting, size));
		}
		return figures;
	}

	/** Alternates with the limit; the first round, a longer one, warms up. */
	private static List<Figure> measure(Workbench workbench, Subjects subjects, Scale scale, String what,
			int partitions, int orders, int size) {
		workbench.say("growth, " + what);
		var consumer = subjects.best().consumer();
		var rounds = new Rounds();
		try (var limit = new DrainRun(workbench, subjects.server(), partitions);
				var app = new DrainRun(workbench, consumer, partitions)) {
			for (var round = 0; round <= scale.rounds(); round++) {
				var number = (round == 0) ? WARM_UP * orders : orders;
				var limitRate = limit.round(number, size).rate();
				var appRate = app.round(number, size).rate();
				if (round > 0) {
					rounds.add(what + ": " + subjects.server().name(), "orders/s", limitRate);
					rounds.add(what + ": " + consumer.name(), "orders/s", appRate);
				}
			}
		}
		return rounds.figures(NAME);
	}

}
