package io.dapr.quickstarts.bindings.benchmark;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * How fast orders that wait in the topic go through the sidecar into the consumer, beside
 * a bare server. All consumers run from the beginning; in each round one after the other
 * gets its orders. The first round warms them up and is shown apart.
 */
final class Drain implements Item {

	static final String NAME = "drain";

	private static final String SPEED = "orders/s";

	@Override
	public List<Figure> measure(Workbench workbench, Subjects subjects, Scale scale) {
		var runs = new LinkedHashMap<Subject, DrainRun>();
		for (var consumer : subjects.consumers(scale)) {
			runs.put(consumer, new DrainRun(workbench, consumer, 1));
		}
		var cold = new Rounds();
		var warm = new Rounds();
		var cpu = new Rounds();
		var memory = new Rounds();
		for (var round = 0; round <= scale.rounds(); round++) {
			var number = round;
			runs.forEach((consumer, run) -> {
				var drained = run.round(scale.drained(number), 0);
				workbench.say("drain, round %d of %d: %s %s orders/s".formatted(number, scale.rounds(), consumer.name(),
						Numbers.format(drained.rate())));
				if (number == 0) {
					cold.add(consumer.name() + ", just started", SPEED, drained.rate());
				}
				else {
					warm.add(consumer.name(), SPEED, drained.rate());
					cpu.add(consumer.name() + ": CPU per order", "ms", drained.cpuMillis());
					memory.add(consumer.name() + ": memory after a round", "MiB", run.residentMebibytes());
				}
			});
		}
		runs.values().forEach(DrainRun::close);
		var figures = new ArrayList<>(warm.figures(NAME));
		for (var consumer : runs.keySet()) {
			if (consumer != subjects.server()) {
				figures.add(Figure.ratio(NAME, consumer.name() + " : limit", warm.of(consumer.name()),
						warm.of(subjects.server().name())));
			}
		}
		figures.addAll(cpu.figures(NAME));
		figures.addAll(memory.figures(NAME));
		figures.addAll(cold.figures(NAME));
		return figures;
	}

}
