package io.dapr.quickstarts.bindings.benchmark;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ResultsTest {

	private final Results results = new Results((line) -> {
	});

	@BeforeEach
	void measureTwoRounds() {
		for (var speed : new double[] { 1, 0.5 }) {
			this.results.add("throughput", "orders/s", "limit", 100 * speed);
			this.results.add("throughput", "orders/s", "app", 80 * speed);
			this.results.add("memory", "MiB", "app", 20);
		}
	}

	@Test
	void listsMetricByMetric() {
		assertThat(this.results.figures()).containsExactly(
				new Figure("throughput", "limit", "orders/s", 75, 50, 100, 2),
				new Figure("throughput", "app", "orders/s", 60, 40, 80, 2),
				new Figure("memory", "app", "MiB", 20, 20, 20, 2));
	}

	@Test
	void comparesRoundByRound() {
		this.results.compare("throughput", "app", "limit");

		// Both were half as fast in the second round: the ratio is the same.
		assertThat(this.results.figures()).contains(new Figure("throughput : limit", "app", "ratio", 0.8, 0.8, 0.8, 2))
			.filteredOn((figure) -> figure.unit().equals("ratio"))
			.hasSize(1);
	}

	@Test
	void comparesNothingWithASystemThatWasLeftOut() {
		this.results.compare("throughput", "app", "not installed");
		this.results.compare("throughput", "not installed", "limit");
		this.results.compare("throughput", "app", "app");

		assertThat(this.results.figures()).hasSize(3);
	}

}
