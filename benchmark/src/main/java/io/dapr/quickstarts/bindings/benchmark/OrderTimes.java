package io.dapr.quickstarts.bindings.benchmark;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLongArray;

import org.HdrHistogram.Histogram;

/** When each of a number of orders was sent and handled, by one clock. */
final class OrderTimes {

	private static final int SIGNIFICANT_DIGITS = 3;

	private final AtomicLongArray sent;

	private final AtomicLongArray handled;

	/**
	 * Makes room.
	 * @param orders how many orders there will be, from number 1 on
	 */
	OrderTimes(int orders) {
		this.sent = new AtomicLongArray(orders + 1);
		this.handled = new AtomicLongArray(orders + 1);
	}

	/** Notes that an order is being sent; only the first time counts. */
	void sent(int order, long nanoTime) {
		this.sent.compareAndSet(order, 0, nanoTime);
	}

	/** Notes that an order was handled; only the first time counts. */
	void handled(int order, long nanoTime) {
		this.handled.compareAndSet(order, 0, nanoTime);
	}

	/** Whether an order was handled. */
	boolean isHandled(int order) {
		return this.handled.get(order) != 0;
	}

	/**
	 * The latencies in nanoseconds, corrected for coordinated omission: a slow call holds
	 * back the orders after it, which would have met the same delay. They count as well,
	 * as in {@link Histogram#recordValueWithExpectedInterval}, by the sender's gaps.
	 * @param first the first order that counts, 2 or more
	 * @param interval the time from one order to the next
	 * @return the latencies
	 */
	Histogram latencies(int first, Duration interval) {
		var histogram = new Histogram(SIGNIFICANT_DIGITS);
		for (var order = first; order < this.sent.length(); order++) {
			var latency = Math.max(0, this.handled.get(order) - this.sent.get(order));
			histogram.recordValue(latency);
			var late = this.sent.get(order) - this.sent.get(order - 1) - interval.toNanos();
			for (; late >= interval.toNanos(); late -= interval.toNanos()) {
				histogram.recordValue(latency + late);
			}
		}
		return histogram;
	}

}
