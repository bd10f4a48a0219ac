package io.dapr.quickstarts.bindings.selfhosted.benchmark;

import java.util.ArrayList;
import java.util.List;

/**
 * How many orders a producer gets accepted, one at a time and without pause, beside a
 * bare HTTP client. Each round starts every producer anew.
 */
final class Production implements Item {

	static final String NAME = "producer";

	@Override
	public List<Figure> measure(Workbench workbench, Subjects subjects, Scale scale) {
		var producers = subjects.producers(scale);
		var rates = new Rounds();
		var cpu = new Rounds();
		var memory = new Rounds();
		for (var round = 1; round <= scale.rounds(); round++) {
			for (var producer : producers) {
				var sent = Sending.run(workbench, workbench.producerSidecar(), producer, scale.sent());
				workbench.say("producer, round %d of %d: %s %s orders/s".formatted(round, scale.rounds(),
						producer.name(), Numbers.format(sent.rate())));
				rates.add(producer.name(), "orders/s", sent.rate());
				cpu.add(producer.name() + ": CPU per order", "ms", sent.cpuMillis());
				memory.add(producer.name() + ": memory near the end", "MiB", sent.residentMebibytes());
			}
		}
		var figures = new ArrayList<>(rates.figures(NAME));
		for (var producer : producers) {
			if (producer != subjects.client()) {
				figures.add(Figure.ratio(NAME, producer.name() + " : limit", rates.of(producer.name()),
						rates.of(subjects.client().name())));
			}
		}
		figures.addAll(cpu.figures(NAME));
		figures.addAll(memory.figures(NAME));
		return figures;
	}

}
