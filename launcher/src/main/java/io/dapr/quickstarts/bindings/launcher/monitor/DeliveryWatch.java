package io.dapr.quickstarts.bindings.launcher.monitor;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiPredicate;
import java.util.function.IntSupplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.dapr.quickstarts.bindings.launcher.kafka.Offsets;
import org.apache.kafka.common.TopicPartition;

/** Notices that records wait in a partition and the next one is not acknowledged. */
final class DeliveryWatch {

	/** daprd says once for each record that it is refused, and once that it is taken. */
	private static final Pattern DELIVERY = Pattern
		.compile("(Error|Successfully) process\\w+ Kafka message[^:]*: (\\S+)/(\\d+)/(\\d+) ");

	/** daprd says so each time that it cannot join the group or read the topic. */
	private static final Pattern CONSUME_ERROR = Pattern.compile("Error consuming [^:]*: (.*?)\" app_id=");

	private static final String RECOVERY = "orders are delivered again";

	private final Services services;

	private final String group;

	private final IntSupplier members;

	private final BiPredicate<TopicPartition, Long> hasRecord;

	private final StallTimer kafka = new StallTimer();

	private final Map<TopicPartition, StallTimer> partitions = new HashMap<>();

	/** For each partition, the offset of the next record that is known to exist. */
	private final Map<TopicPartition, Long> records = new HashMap<>();

	/** The record of each partition that the consumer has refused last. */
	private final Map<TopicPartition, Long> refused = new ConcurrentHashMap<>();

	/** Why the sidecar reads nothing, in its own words; empty if it does not say. */
	private volatile String consumeError = "";

	/**
	 * Makes a watch.
	 * @param group the consumer group
	 * @param members asks Kafka how many members the group has
	 * @param hasRecord asks Kafka for a record at an offset or after it; there may be
	 * none, such as behind the end of a transaction
	 */
	DeliveryWatch(Services services, String group, IntSupplier members, BiPredicate<TopicPartition, Long> hasRecord) {
		this.services = services;
		this.group = group;
		this.members = members;
		this.hasRecord = hasRecord;
	}

	/** Takes a line of the consumer's sidecar. */
	void readSidecar(String line) {
		var consumeError = CONSUME_ERROR.matcher(line);
		if (consumeError.find()) {
			this.consumeError = ": " + consumeError.group(1).replace("\\", "");
		}
		var delivery = DELIVERY.matcher(line);
		if (delivery.find()) {
			var partition = new TopicPartition(delivery.group(2), Integer.parseInt(delivery.group(3)));
			if (delivery.group(1).equals("Error")) {
				this.refused.put(partition, Long.valueOf(delivery.group(4)));
			}
			else {
				this.refused.remove(partition);
			}
		}
	}

	/**
	 * Checks what has changed.
	 * @param step the time since the last check
	 * @param offsets the offsets of each partition, empty if Kafka does not tell
	 * @return what stands still
	 */
	Optional<Standstill> check(Duration step, Optional<Map<TopicPartition, Offsets>> offsets) {
		var path = Stream.of(ServiceName.KAFKA, ServiceName.CONSUMER_SIDECAR, ServiceName.CONSUMER);
		if (path.anyMatch((name) -> this.services.get(name).isIn(ServiceState.STARTING))) {
			this.kafka.reset();
			this.partitions.clear();
			return Optional.empty();
		}
		if (offsets.isEmpty()) {
			return (this.kafka.observe("silent", step).compareTo(StallTimer.LIMIT) < 0) ? Optional.empty()
					: Optional
						.of(new Standstill(ServiceName.KAFKA, this.services.get(ServiceName.KAFKA).state().predicate(),
								"no order has been delivered for %d s".formatted(StallTimer.LIMIT.toSeconds()),
								"Kafka responds again"));
		}
		this.kafka.reset();
		return offsets.get()
			.entrySet()
			.stream()
			.filter((partition) -> standsStill(partition.getKey(), partition.getValue(), step))
			.toList()
			.stream()
			.findFirst()
			.map((partition) -> diagnose(partition.getKey(), partition.getValue()));
	}

	private boolean standsStill(TopicPartition partition, Offsets offsets, Duration step) {
		var stall = this.partitions.computeIfAbsent(partition, (key) -> new StallTimer());
		if (offsets.lag() == 0) {
			stall.reset();
			return false;
		}
		var length = stall.observe(offsets.next(), step);
		if (length.isZero()) {
			this.consumeError = "";
		}
		if (length.compareTo(StallTimer.LIMIT) < 0) {
			return false;
		}
		var known = Objects.equals(this.records.get(partition), offsets.next());
		if (known || this.hasRecord.test(partition, offsets.next())) {
			this.records.put(partition, offsets.next());
			return true;
		}
		stall.reset();
		return false;
	}

	private Standstill diagnose(TopicPartition partition, Offsets offsets) {
		var effect = "no order has been delivered for %d s, %d wait".formatted(StallTimer.LIMIT.toSeconds(),
				offsets.lag());
		for (var name : List.of(ServiceName.CONSUMER, ServiceName.CONSUMER_SIDECAR)) {
			var state = this.services.get(name).state();
			if (state != ServiceState.RUNNING) {
				return new Standstill(name, state.predicate(), effect, RECOVERY);
			}
		}
		var record = "the record at offset %d of partition %d of %s".formatted(offsets.next(), partition.partition(),
				partition.topic());
		if (Objects.equals(this.refused.get(partition), offsets.next())) {
			return new Standstill(ServiceName.CONSUMER,
					"does not take %s, which is redelivered again and again".formatted(record), effect, RECOVERY);
		}
		return new Standstill(ServiceName.CONSUMER_SIDECAR,
				(this.members.getAsInt() == 0)
						? "has left the consumer group %s and reads nothing%s".formatted(this.group, this.consumeError)
						: "is in the consumer group %s, but does not deliver %s%s".formatted(this.group, record,
								this.consumeError),
				effect, RECOVERY);
	}

}
