package io.dapr.quickstarts.bindings.consumer;

import java.util.function.Supplier;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

import org.springframework.stereotype.Component;

/** What {@code /actuator/prometheus} tells of the orders. */
@Component
class OrderMetrics {

	private final MeterRegistry registry;

	private final Timer received;

	private final Counter repeated;

	OrderMetrics(MeterRegistry registry) {
		this.registry = registry;
		this.received = Timer.builder("orders.received")
			.description("Orders that were handled, and the time that each took")
			.register(registry);
		this.repeated = Counter.builder("orders.repeated")
			.description("Deliveries that were skipped since their order had been handled")
			.register(registry);
	}

	/** Handles an order and takes the time. */
	<T> T time(Supplier<T> handling) {
		return this.received.record(handling);
	}

	void countRepeated() {
		this.repeated.increment();
	}

	/**
	 * Counts a dead letter.
	 * @param reason one of the few that {@link OrderReader} gives
	 */
	void countRejected(String reason) {
		Counter.builder("orders.rejected")
			.description("Records that went to the dead letters since they can't be read")
			.tag("reason", reason)
			.register(this.registry)
			.increment();
	}

}
