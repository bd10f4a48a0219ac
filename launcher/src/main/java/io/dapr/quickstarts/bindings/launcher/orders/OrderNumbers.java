package io.dapr.quickstarts.bindings.launcher.orders;

import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A set of order numbers. It keeps ranges, of which there are few since nearly all orders
 * come one after the other: a run of days stays small.
 */
final class OrderNumbers {

	/** How many ranges {@link #toString} names. */
	private static final int MOST_NAMED = 20;

	/** The first and the last number of each range. */
	private final TreeMap<Long, Long> ranges = new TreeMap<>();

	static OrderNumbers upTo(long last) {
		var numbers = new OrderNumbers();
		if (last > 0) {
			numbers.ranges.put(1L, last);
		}
		return numbers;
	}

	/**
	 * Adds a number.
	 * @return whether it is new
	 */
	boolean add(long number) {
		if (contains(number)) {
			return false;
		}
		var before = this.ranges.floorEntry(number);
		var first = (before != null && before.getValue() == number - 1) ? before.getKey() : number;
		var last = this.ranges.remove(number + 1);
		this.ranges.put(first, (last != null) ? last : number);
		return true;
	}

	boolean contains(long number) {
		var range = this.ranges.floorEntry(number);
		return range != null && range.getValue() >= number;
	}

	/** The numbers of this set that the other one lacks. */
	OrderNumbers without(OrderNumbers other) {
		var rest = new OrderNumbers();
		this.ranges.forEach((first, last) -> {
			var next = first;
			var overlapping = other.ranges.floorKey(first);
			for (var range : other.ranges.subMap((overlapping != null) ? overlapping : first, true, last, true)
				.entrySet()) {
				if (next < range.getKey()) {
					rest.ranges.put(next, range.getKey() - 1);
				}
				next = Math.max(next, range.getValue() + 1);
			}
			if (next <= last) {
				rest.ranges.put(next, last);
			}
		});
		return rest;
	}

	long size() {
		return this.ranges.entrySet().stream().mapToLong((range) -> range.getValue() - range.getKey() + 1).sum();
	}

	boolean isEmpty() {
		return this.ranges.isEmpty();
	}

	/** The highest number, 0 if there is none. */
	long last() {
		return this.ranges.isEmpty() ? 0 : this.ranges.lastEntry().getValue();
	}

	/** Such as {@code 2, 4-7}. */
	@Override
	public String toString() {
		var text = this.ranges.entrySet()
			.stream()
			.limit(MOST_NAMED)
			.map((range) -> range.getKey().equals(range.getValue()) ? range.getKey().toString()
					: range.getKey() + "-" + range.getValue())
			.collect(Collectors.joining(", "));
		return (this.ranges.size() > MOST_NAMED) ? text + ", …" : text;
	}

}
