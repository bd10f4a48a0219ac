package io.dapr.quickstarts.bindings.launcher.dashboard;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Says after each fault what it did: once the consumer has come past all that was
 * accepted until the fault was over. Safe for several threads.
 */
final class Outcomes {

	private final OrderFlow flow;

	private final Events events;

	private final InstantSource clock;

	private final List<Fault> open = new ArrayList<>();

	Outcomes(OrderFlow flow, Events events, InstantSource clock) {
		this.flow = flow;
		this.events = events;
		this.clock = clock;
	}

	/**
	 * Notes a fault that is over.
	 * @param what it in words, to follow "after"
	 */
	synchronized void await(String what) {
		this.open.add(new Fault(what, this.clock.millis()));
	}

	/** Looks which outcomes are known by now. */
	synchronized void look() {
		var settled = this.flow.settled();
		this.open.removeIf((fault) -> {
			if (fault.over() >= settled) {
				return false;
			}
			tell(fault);
			return true;
		});
	}

	private void tell(Fault fault) {
		var counters = this.flow.counters();
		if (counters.lost() == 0) {
			this.events.add(Event.Kind.GOOD, "After %s: nothing is lost; %,d orders have arrived so far."
				.formatted(fault.what(), counters.arrived()));
		}
		else {
			this.events.add(Event.Kind.BAD, "After %s: %,d orders are lost.".formatted(fault.what(), counters.lost()));
		}
	}

	private record Fault(String what, long over) {
	}

}
