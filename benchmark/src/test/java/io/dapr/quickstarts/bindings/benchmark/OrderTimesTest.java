package io.dapr.quickstarts.bindings.benchmark;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class OrderTimesTest {

	private static final Duration INTERVAL = Duration.ofNanos(100);

	@Test
	void countsEachOrderOnceWhileTheSenderKeepsPace() {
		var times = new OrderTimes(4);
		for (var order = 1; order <= 4; order++) {
			times.sent(order, 1000 + order * 105);
			times.handled(order, 1000 + order * 105 + 7);
		}

		var latencies = times.latencies(2, INTERVAL);

		assertThat(latencies.getTotalCount()).isEqualTo(3);
		assertThat(latencies.getMaxValue()).isEqualTo(7);
	}

	@Test
	void countsTheOrdersThatASlowCallHeldBack() {
		var times = new OrderTimes(2);
		times.sent(1, 1000);
		times.handled(1, 1400);
		times.sent(2, 1450);
		times.handled(2, 1460);

		var latencies = times.latencies(2, INTERVAL);

		// Order 2 itself, and those that should have been sent at 1100, 1200 and 1300.
		assertThat(latencies.getTotalCount()).isEqualTo(4);
		assertThat(latencies.getMaxValue()).isEqualTo(360);
		assertThat(latencies.getMinValue()).isEqualTo(10);
	}

	@Test
	void keepsTheFirstTimeOfARedeliveredOrder() {
		var times = new OrderTimes(2);
		times.sent(1, 900);
		times.sent(2, 1000);
		times.handled(2, 1010);
		times.handled(2, 5000);

		assertThat(times.latencies(2, INTERVAL).getMaxValue()).isEqualTo(10);
	}

}
