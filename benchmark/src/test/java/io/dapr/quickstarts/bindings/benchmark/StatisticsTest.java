package io.dapr.quickstarts.bindings.benchmark;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class StatisticsTest {

	@Test
	void takesTheValueInTheMiddle() {
		assertThat(Statistics.of(List.of(9.0, 1.0, 5.0))).isEqualTo(new Statistics(5, 1, 9, 3));
	}

	@Test
	void takesTheMeanOfTheTwoInTheMiddle() {
		assertThat(Statistics.of(List.of(4.0, 1.0, 2.0, 100.0))).isEqualTo(new Statistics(3, 1, 100, 4));
	}

	@Test
	void needsValues() {
		assertThatIllegalArgumentException().isThrownBy(() -> Statistics.of(List.of()));
	}

	@Test
	void comparesRoundByRound() {
		// Both were half as fast in the second round: the ratio is the same.
		var figure = Figure.ratio("drain", "app : limit", List.of(80.0, 40.0), List.of(100.0, 50.0));

		assertThat(figure).isEqualTo(new Figure("drain", "app : limit", "ratio", new Statistics(0.8, 0.8, 0.8, 2)));
	}

	@Test
	void keepsTheOrderOfTheSubjects() {
		var rounds = new Rounds();
		for (var value : new double[] { 1, 2, 3 }) {
			rounds.add("limit", "orders/s", value);
			rounds.add("app", "orders/s", 10 * value);
		}

		assertThat(rounds.figures("drain")).containsExactly(
				new Figure("drain", "limit", "orders/s", new Statistics(2, 1, 3, 3)),
				new Figure("drain", "app", "orders/s", new Statistics(20, 10, 30, 3)));
		assertThat(rounds.of("app")).containsExactly(10.0, 20.0, 30.0);
		assertThat(rounds.of("unknown")).isEmpty();
	}

}
