package io.dapr.quickstarts.bindings.benchmark;

import java.util.ArrayList;
import java.util.List;

/**
 * One row of the result.
 *
 * @param item the measurement that it belongs to, such as drain
 * @param subject what was measured
 * @param unit of its values, such as orders/s
 * @param values the statistics over the rounds
 */
record Figure(String item, String subject, String unit, Statistics values) {

	/**
	 * Makes a row.
	 * @param item the measurement that it belongs to
	 * @param subject what was measured
	 * @param unit of the values
	 * @param values one per round
	 * @return the row
	 */
	static Figure of(String item, String subject, String unit, List<Double> values) {
		return new Figure(item, subject, unit, Statistics.of(values));
	}

	/**
	 * Makes a row that compares two subjects round by round, so that what else the
	 * machine did in a round touches both.
	 * @param item the measurement that it belongs to
	 * @param subject the two subjects in words
	 * @param values one per round, of the first subject
	 * @param limit as many of the second
	 * @return the row, without unit
	 */
	static Figure ratio(String item, String subject, List<Double> values, List<Double> limit) {
		var ratios = new ArrayList<Double>();
		for (var round = 0; round < values.size(); round++) {
			ratios.add(values.get(round) / limit.get(round));
		}
		return of(item, subject, "ratio", ratios);
	}

}
