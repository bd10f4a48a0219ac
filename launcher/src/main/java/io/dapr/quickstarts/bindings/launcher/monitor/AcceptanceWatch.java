package io.dapr.quickstarts.bindings.launcher.monitor;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

import io.dapr.quickstarts.bindings.launcher.orders.Counters;

/** Notices that none of the producer's orders is accepted. */
final class AcceptanceWatch {

	private static final Pattern REFUSED = Pattern.compile("Not accepted, trying again: (.*)");

	/** What daprd's Kafka client says for some seconds after several failures. */
	private static final String PAUSE = "circuit breaker is open";

	private final Services services;

	/** The pause between two orders. */
	private final Duration interval;

	private final StallTimer stall = new StallTimer();

	private volatile String refusal = "";

	AcceptanceWatch(Services services, Duration interval) {
		this.services = services;
		this.interval = interval;
	}

	/** Takes a line of the producer. */
	void readProducer(String line) {
		var refused = REFUSED.matcher(line);
		if (!line.endsWith(PAUSE) || this.refusal.isEmpty()) {
			this.refusal = refused.find() ? refused.group(1) : "";
		}
	}

	/**
	 * Checks what has changed.
	 * @param step the time since the last check
	 * @param orders those of the producer's process, empty if it has not sent any
	 * @return what stands still
	 */
	Optional<Standstill> check(Duration step, Optional<Counters> orders) {
		var watched = orders.isPresent() && isRunning(ServiceName.KAFKA)
				&& !isIn(ServiceName.PRODUCER, ServiceState.DOWN)
				&& !isIn(ServiceName.PRODUCER_SIDECAR, ServiceState.STARTING);
		if (!watched) {
			this.stall.reset();
			return Optional.empty();
		}
		var inFlight = orders.get().sent() > orders.get().accepted();
		var limit = inFlight ? StallTimer.LIMIT : StallTimer.LIMIT.plus(this.interval);
		var length = this.stall.observe(List.of(orders.get().sent(), orders.get().accepted()), step);
		return (length.compareTo(limit) < 0) ? Optional.empty()
				: Optional.of(diagnose("no order has been accepted for %d s".formatted(limit.toSeconds())));
	}

	private Standstill diagnose(String effect) {
		var recovery = "orders are accepted again";
		if (!isRunning(ServiceName.PRODUCER_SIDECAR)) {
			var state = this.services.get(ServiceName.PRODUCER_SIDECAR).state();
			return new Standstill(ServiceName.PRODUCER_SIDECAR, state.predicate(), effect, recovery);
		}
		return this.refusal.isEmpty() ? new Standstill(ServiceName.PRODUCER, "says nothing", effect, recovery)
				: new Standstill(ServiceName.PRODUCER_SIDECAR, "answers: " + this.refusal, effect, recovery);
	}

	private boolean isRunning(ServiceName name) {
		return isIn(name, ServiceState.RUNNING);
	}

	private boolean isIn(ServiceName name, ServiceState state) {
		return this.services.get(name).isIn(state);
	}

}
