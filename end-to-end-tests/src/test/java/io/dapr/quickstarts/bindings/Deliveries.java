package io.dapr.quickstarts.bindings;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The deliveries that a consumer tells of in its lines, with the time of each. Safe for
 * several threads.
 */
class Deliveries {

	private static final Pattern DELIVERY = Pattern
		.compile("\\{ orderId: (\\d+) }$|Order (\\d+) was delivered again; skipped$");

	private final List<Delivery> all = new ArrayList<>();

	private long highest;

	synchronized void read(String line) {
		var delivery = DELIVERY.matcher(line);
		if (delivery.find()) {
			var orderId = Long.parseLong((delivery.group(1) != null) ? delivery.group(1) : delivery.group(2));
			this.all.add(new Delivery(orderId, System.nanoTime()));
			this.highest = Math.max(this.highest, orderId);
		}
	}

	/** The highest order number so far, 0 for none. */
	synchronized long highest() {
		return this.highest;
	}

	private synchronized List<Delivery> all() {
		return List.copyOf(this.all);
	}

	/** What several consumers were delivered, as if they were one. */
	static Delivered together(Stream<Deliveries> consumers) {
		return new Delivered(consumers.flatMap((consumer) -> consumer.all().stream())
			.sorted(Comparator.comparingLong(Delivery::nanoTime))
			.toList());
	}

	/** What has been delivered so far. */
	Delivered soFar() {
		return together(Stream.of(this));
	}

	private record Delivery(long orderId, long nanoTime) {

	}

	/** Deliveries in the order in which they came. */
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
			return Duration.ofNanos(longest);
		}

	}

}
