package io.dapr.quickstarts.bindings.launcher.dashboard;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

import io.dapr.quickstarts.bindings.launcher.monitor.Event;
import io.dapr.quickstarts.bindings.launcher.monitor.EventLog;
import io.dapr.quickstarts.bindings.launcher.orders.OrderTracker;

/**
 * Says after each fault whether orders were lost: once the consumer has acknowledged all
 * that was accepted until the fault was over. Safe for several threads.
 */
final class FaultReports {

	private final OrderTracker orders;

	private final EventLog events;

	private final InstantSource clock;

	private final List<Fault> open = new ArrayList<>();

	FaultReports(OrderTracker orders, EventLog events, InstantSource clock) {
		this.orders = orders;
		this.events = events;
		this.clock = clock;
	}

	/**
	 * Notes that a fault is over.
	 * @param fault it in words, to follow "after"
	 */
	synchronized void expect(String fault) {
		this.open.add(new Fault(fault, this.clock.millis()));
	}

	/** Reports the faults of which the outcome is known by now. */
	synchronized void report() {
		var acknowledged = this.orders.acknowledgedUntil();
		this.open.stream().filter((fault) -> fault.over() < acknowledged).forEach(this::report);
		this.open.removeIf((fault) -> fault.over() < acknowledged);
	}

	private void report(Fault fault) {
		var counters = this.orders.counters();
		if (counters.lost() == 0) {
			this.events.add(Event.Kind.OK, "After %s: nothing is lost; %,d orders have been received so far."
				.formatted(fault.name(), counters.received()));
		}
		else {
			this.events.add(Event.Kind.ERROR,
					"After %s: %,d orders are lost.".formatted(fault.name(), counters.lost()));
		}
	}

	private record Fault(String name, long over) {
	}

}
