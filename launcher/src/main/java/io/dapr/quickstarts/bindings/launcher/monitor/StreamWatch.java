package io.dapr.quickstarts.bindings.launcher.monitor;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.dapr.quickstarts.bindings.launcher.kafka.Offsets;
import io.dapr.quickstarts.bindings.launcher.orders.Counters;
import org.apache.kafka.common.TopicPartition;

/** Watches both halves of the stream of orders: into Kafka and out of it. */
final class StreamWatch {

	private final AcceptanceWatch acceptance;

	private final DeliveryWatch delivery;

	private final StandstillReport acceptanceReport;

	private final StandstillReport deliveryReport;

	StreamWatch(AcceptanceWatch acceptance, DeliveryWatch delivery, EventLog events, Consumer<String> say) {
		this.acceptance = acceptance;
		this.delivery = delivery;
		this.acceptanceReport = new StandstillReport(events, say);
		this.deliveryReport = new StandstillReport(events, say);
	}

	/**
	 * Checks what has changed.
	 * @param step the time since the last check
	 * @param orders those of the producer's process, empty if it has not sent any
	 * @param offsets the offsets of each partition, empty if Kafka does not tell
	 */
	void check(Duration step, Optional<Counters> orders, Optional<Map<TopicPartition, Offsets>> offsets) {
		this.acceptanceReport.update(this.acceptance.check(step, orders), step);
		this.deliveryReport.update(this.delivery.check(step, offsets), step);
	}

	/** What stands still now, at most one thing in each half. */
	List<Standstill> standstills() {
		return Stream.of(this.acceptanceReport, this.deliveryReport)
			.flatMap((report) -> report.current().stream())
			.toList();
	}

}
