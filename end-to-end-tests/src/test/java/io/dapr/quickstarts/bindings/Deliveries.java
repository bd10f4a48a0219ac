package io.dapr.quickstarts.bindings;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.dapr.quickstarts.bindings.Delivered.Delivery;

/**
 * The deliveries that a consumer tells of in its lines, with the time of each. Safe for
 * several threads.
 */
class Deliveries {

	private static final Pattern DELIVERY = Pattern
		.compile("\\{ orderId: (\\d+) }$|Order (\\d+) was delivered again; skipped$");

	private static final Pattern FAILURE = Pattern
		.compile("\\[(?:[0-9a-f]{12}-(\\d+))?] \\S+FailureLog +: Could not handle ");

	private final List<Delivery> all = new ArrayList<>();

	private final Set<Long> failed = new HashSet<>();

	private final List<Long> handled = new ArrayList<>();

	void read(String line) {
		read(line, System.nanoTime());
	}

	/** Reads a line that was printed at a moment, in nanoseconds of any one clock. */
	synchronized void read(String line, long nanoTime) {
		var delivery = DELIVERY.matcher(line);
		if (delivery.find()) {
			var orderId = Long.parseLong((delivery.group(1) != null) ? delivery.group(1) : delivery.group(2));
			this.all.add(new Delivery(orderId, nanoTime));
			var isAnotherAttempt = this.failed.contains(orderId) && this.handled.contains(orderId);
			if (delivery.group(1) != null && !isAnotherAttempt) {
				this.handled.add(orderId);
			}
		}
		var failure = FAILURE.matcher(line);
		if (failure.find() && !this.handled.isEmpty()) {
			// Without an id, the one that was handled last.
			this.failed.add((failure.group(1) != null) ? Long.valueOf(failure.group(1))
					: this.handled.get(this.handled.size() - 1));
		}
	}

	/**
	 * The orders in the order in which they were handled, some perhaps twice. If a
	 * delivery failed, such as by a state store that is too slow on a busy machine, the
	 * next attempt does not count: what it had changed was not written.
	 */
	synchronized List<Long> handled() {
		return List.copyOf(this.handled);
	}

	private synchronized List<Delivery> all() {
		return List.copyOf(this.all);
	}

	/** What this consumer has been delivered so far. */
	Delivered soFar() {
		return together(Stream.of(this));
	}

	/** What several consumers have been delivered so far. */
	static Delivered together(Stream<Deliveries> consumers) {
		return new Delivered(consumers.flatMap((consumer) -> consumer.all().stream())
			.sorted(Comparator.comparingLong(Delivery::nanoTime))
			.toList());
	}

}
