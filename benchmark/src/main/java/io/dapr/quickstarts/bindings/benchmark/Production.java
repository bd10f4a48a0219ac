package io.dapr.quickstarts.bindings.benchmark;

import java.util.ArrayList;
import java.util.List;

/**
 * How many orders a producer gets accepted, one at a time and without pause, beside a
 * bare socket and the JDK's HTTP client. Each round starts every producer anew.
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
				figures.add(ratio(rates, producer, "limit", subjects.client()));
			}
		}
		for (var form : subjects.forms(scale)) {
			figures.add(ratio(rates, form.producer(), subjects.httpClient().name(), subjects.httpClient()));
		}
		figures.addAll(cpu.figures(NAME));
		figures.addAll(memory.figures(NAME));
		return figures;
	}

	private static Figure ratio(Rounds rates, Subject producer, String beside, Subject other) {
		return Figure.ratio(NAME, producer.name() + " : " + beside, rates.of(producer.name()), rates.of(other.name()));
	}

}
