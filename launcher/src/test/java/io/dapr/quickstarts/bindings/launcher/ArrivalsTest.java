package io.dapr.quickstarts.bindings.launcher;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ArrivalsTest {

	private final Arrivals arrivals = new Arrivals();

	@Test
	void eachOnceAndInOrder() {
		arrive(1, 2, 3);
		assertThat(this.arrivals.fault(3)).isEmpty();
	}

	@Test
	void readsOnlyOrders() {
		this.arrivals.read("10:00:00.000 Hello from Kafka!");
		this.arrivals.read("10:00:00.000 { orderId: 7 } and more");
		assertThat(this.arrivals.orders()).isEmpty();
	}

	@Test
	void missing() {
		arrive(1, 3);
		assertThat(this.arrivals.fault(4)).hasValue("missing: [2, 4]");
	}

	@Test
	void repeated() {
		arrive(1, 2, 2);
		assertThat(this.arrivals.fault(2)).hasValue("arrived more than once or unasked: [1, 2, 2]");
		assertThat(this.arrivals.firstDeliveries()).containsExactly(1L, 2L);
	}

	@Test
	void outOfOrder() {
		arrive(2, 1);
		assertThat(this.arrivals.fault(2)).hasValue("out of order: [2, 1]");
	}

	@Test
	void earlierOrdersAreForgotten() {
		arrive(8, 9);
		this.arrivals.clear();
		arrive(1);
		assertThat(this.arrivals.fault(1)).isEmpty();
	}

	private void arrive(long... orders) {
		for (var order : orders) {
			this.arrivals.read("10:00:00.000 { orderId: " + order + " }");
		}
	}

}
