package io.dapr.quickstarts.bindings.benchmark;

import java.util.List;
import java.util.Locale;

/**
 * A row of the results, a median over the rounds.
 *
 * @param metric what was measured
 * @param system the system under test
 * @param unit of the values
 * @param median the value in the middle, or the mean of the two there
 * @param min the least value
 * @param max the greatest value
 * @param rounds how many values there are
 */
record Figure(String metric, String system, String unit, double median, double min, double max, int rounds) {

	/**
	 * Sums up the values of the rounds.
	 * @param metric what was measured
	 * @param system the system under test
	 * @param unit of the values
	 * @param values one for each round, at least one
	 * @return the row
	 */
	static Figure of(String metric, String system, String unit, List<Double> values) {
		var sorted = values.stream().sorted().toList();
		var last = sorted.size() - 1;
		var median = (sorted.get(last / 2) + sorted.get((last + 1) / 2)) / 2;
		return new Figure(metric, system, unit, median, sorted.get(0), sorted.get(last), sorted.size());
	}

	/** Writes a value with three significant digits, or with all before the point. */
	static String format(double value) {
		var size = Math.abs(value);
		var pattern = (size >= 100) ? "%,.0f" : (size >= 10) ? "%.1f" : (size >= 0.1) ? "%.2f" : "%.3f";
		return String.format(Locale.ROOT, pattern, value);
	}

}
