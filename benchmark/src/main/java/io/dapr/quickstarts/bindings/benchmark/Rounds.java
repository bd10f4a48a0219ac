package io.dapr.quickstarts.bindings.benchmark;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects the values of several subjects over the rounds of one measurement. */
final class Rounds {

	private final Map<String, List<Double>> values = new LinkedHashMap<>();

	private final Map<String, String> units = new LinkedHashMap<>();

	/** Adds the value that a subject had in a round. */
	void add(String subject, String unit, double value) {
		this.units.put(subject, unit);
		this.values.computeIfAbsent(subject, (key) -> new ArrayList<>()).add(value);
	}

	/** The values of a subject, oldest first; empty if it was not measured. */
	List<Double> of(String subject) {
		return List.copyOf(this.values.getOrDefault(subject, List.of()));
	}

	/** Gives one row for each subject, in the order in which they were first added. */
	List<Figure> figures(String item) {
		var figures = new ArrayList<Figure>();
		this.values.forEach((subject, all) -> figures.add(Figure.of(item, subject, this.units.get(subject), all)));
		return figures;
	}

}
