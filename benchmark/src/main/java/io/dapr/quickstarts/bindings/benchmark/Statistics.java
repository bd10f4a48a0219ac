package io.dapr.quickstarts.bindings.benchmark;

import java.util.List;

/**
 * What the rounds of one measurement gave.
 *
 * @param median the value in the middle, or the mean of the two there
 * @param min the least value
 * @param max the greatest value
 * @param rounds how many values there are, 1 or more
 */
record Statistics(double median, double min, double max, int rounds) {

	/**
	 * Sums up values.
	 * @param values the values of the rounds, in any order
	 * @return their statistics
	 * @throws IllegalArgumentException if there are none
	 */
	static Statistics of(List<Double> values) {
		if (values.isEmpty()) {
			throw new IllegalArgumentException("There are no values to sum up");
		}
		var sorted = values.stream().sorted().toList();
		var middle = sorted.size() / 2;
		var median = (sorted.size() % 2 == 1) ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
		return new Statistics(median, sorted.get(0), sorted.get(sorted.size() - 1), sorted.size());
	}

}
