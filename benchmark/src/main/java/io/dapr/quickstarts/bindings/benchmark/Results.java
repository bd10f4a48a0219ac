package io.dapr.quickstarts.bindings.benchmark;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Collects the values of all rounds. */
final class Results {

	private final Map<String, Metric> metrics = new LinkedHashMap<>();

	private final Consumer<String> progress;

	/**
	 * Begins a collection.
	 * @param progress is told each value
	 */
	Results(Consumer<String> progress) {
		this.progress = progress;
	}

	/**
	 * Adds the value of a round.
	 * @param metric what was measured
	 * @param unit of the value
	 * @param system the system under test
	 * @param value the value
	 */
	void add(String metric, String unit, String system, double value) {
		this.progress.accept("%s, %s: %s %s".formatted(metric, system, Figure.format(value), unit));
		put(metric, unit, system, value);
	}

	/**
	 * Divides one system's values by another's round by round, so that what else the
	 * machine did in a round touches both. Does nothing if one was not measured.
	 */
	void compare(String metric, String system, String reference) {
		var systems = this.metrics.get(metric).systems;
		if (system.equals(reference) || !systems.keySet().containsAll(List.of(system, reference))) {
			return;
		}
		var divisors = systems.get(reference);
		for (var round = 0; round < divisors.size(); round++) {
			put(metric + " : " + reference, "ratio", system, systems.get(system).get(round) / divisors.get(round));
		}
	}

	private void put(String metric, String unit, String system, double value) {
		this.metrics.computeIfAbsent(metric, (key) -> new Metric(unit, new LinkedHashMap<>())).systems
			.computeIfAbsent(system, (key) -> new ArrayList<>())
			.add(value);
	}

	/** All rows, metric by metric, in the order in which they were first added. */
	List<Figure> figures() {
		var figures = new ArrayList<Figure>();
		this.metrics.forEach((name, metric) -> metric.systems
			.forEach((system, values) -> figures.add(Figure.of(name, system, metric.unit, values))));
		return figures;
	}

	/**
	 * What was measured.
	 *
	 * @param unit of the values
	 * @param systems the values of each system, one for each round
	 */
	private record Metric(String unit, Map<String, List<Double>> systems) {
	}

}
