package io.dapr.quickstarts.bindings;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Deliveries to one or several consumers, as if these were one.
 *
 * @param deliveries all of them, in the order in which they came
 */
record Delivered(List<Delivery> deliveries) {

	/** Each order once, in the order in which they came first. */
	List<Long> firstDeliveries() {
		return first().stream().map(Delivery::orderId).toList();
	}

	private List<Delivery> first() {
		var seen = new HashSet<Long>();
		return this.deliveries.stream().filter((delivery) -> seen.add(delivery.orderId())).toList();
	}

	/** How many deliveries were not the first of their order. */
	int repeats() {
		return this.deliveries.size() - first().size();
	}

	/** The longest time between two first deliveries. */
	Duration longestGap() {
		var first = first();
		var longest = 0L;
		for (var next = 1; next < first.size(); next++) {
			longest = Math.max(longest, first.get(next).nanoTime() - first.get(next - 1).nanoTime());
		}
		return Duration.ofMillis(longest / 1_000_000);
	}

	/** The longest time between two first deliveries out of one partition. */
	Duration longestGap(Map<Integer, List<Long>> ordersByPartition) {
		return ordersByPartition.values()
			.stream()
			.map((orders) -> only(orders).longestGap())
			.max(Duration::compareTo)
			.orElse(Duration.ZERO);
	}

	/** What came after a moment of {@link System#nanoTime}. */
	Delivered since(long nanoTime) {
		return new Delivered(
				this.deliveries.stream().filter((delivery) -> delivery.nanoTime() - nanoTime > 0).toList());
	}

	private Delivered only(Collection<Long> orders) {
		var wanted = new HashSet<>(orders);
		return new Delivered(
				this.deliveries.stream().filter((delivery) -> wanted.contains(delivery.orderId())).toList());
	}

	/** Checks that each order came, in the order of its partition. */
	void assertAllInOrder(Map<Integer, List<Long>> ordersByPartition) {
		ordersByPartition.forEach((partition, orders) -> assertThat(only(orders).firstDeliveries())
			.as("first deliveries of partition " + partition)
			.isEqualTo(orders));
	}

	/**
	 * A delivery.
	 *
	 * @param orderId the order's number
	 * @param nanoTime when it was seen, by {@link System#nanoTime}
	 */
	record Delivery(long orderId, long nanoTime) {

	}

}
