package io.dapr.quickstarts.bindings.launcher;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.LongStream;

/**
 * The orders that a consumer has printed, read off its lines. Safe for several threads.
 */
public final class Arrivals {

	private static final Pattern ORDER = Pattern.compile("\\{ orderId: (\\d+) }$");

	private final List<Long> orders = new ArrayList<>();

	/**
	 * Takes a line of the consumer.
	 * @param line any line; one that tells no order is passed over
	 */
	public synchronized void read(String line) {
		var order = ORDER.matcher(line);
		if (order.find()) {
			this.orders.add(Long.valueOf(order.group(1)));
		}
	}

	/** Forgets all orders so far, such as those that an earlier run has left. */
	public synchronized void clear() {
		this.orders.clear();
	}

	/**
	 * All orders so far.
	 * @return their numbers as they arrived, repeats included
	 */
	public synchronized List<Long> orders() {
		return List.copyOf(this.orders);
	}

	/**
	 * The orders without their repeats.
	 * @return each number once, in the order in which they arrived first
	 */
	public List<Long> firstDeliveries() {
		return orders().stream().distinct().toList();
	}

	/**
	 * Counts the orders so far.
	 * @return how many arrived, repeats included
	 */
	public synchronized int count() {
		return this.orders.size();
	}

	/**
	 * Compares what arrived with what was sent.
	 * @param sent how many orders were sent, numbered from 1
	 * @return what is wrong, empty if each of them arrived once and in order
	 */
	public Optional<String> fault(long sent) {
		var arrived = orders();
		var expected = LongStream.rangeClosed(1, sent).boxed().toList();
		if (arrived.equals(expected)) {
			return Optional.empty();
		}
		var missing = new ArrayList<>(expected);
		missing.removeAll(arrived);
		if (!missing.isEmpty()) {
			return Optional.of("missing: " + missing);
		}
		return Optional.of((arrived.size() > expected.size() ? "arrived more than once or unasked: " : "out of order: ")
				+ arrived);
	}

}
