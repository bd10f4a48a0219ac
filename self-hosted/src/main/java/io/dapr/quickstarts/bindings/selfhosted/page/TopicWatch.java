package io.dapr.quickstarts.bindings.selfhosted.page;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.dapr.quickstarts.bindings.selfhosted.kafka.Topics;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/** Asks Kafka twice a second whether it is there and how many orders wait. */
final class TopicWatch implements AutoCloseable {

	/** How long Kafka may take for an answer; a broker that is down gives none. */
	private static final int LIMIT_MS = 2000;

	private static final long PAUSE_MS = 500;

	private final Admin admin;

	private final String group;

	private final Part kafka;

	private final OrderFlow flow;

	private final InstantSource clock;

	private final Progress<TopicPartition> progress = new Progress<>();

	private final Thread thread = new Thread(this::run, "page topic watch");

	private volatile OptionalLong waiting = OptionalLong.empty();

	private volatile boolean closed;

	TopicWatch(String bootstrapServers, String group, Part kafka, OrderFlow flow, InstantSource clock) {
		this.admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
				AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, LIMIT_MS, AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
				LIMIT_MS, AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 200));
		this.group = group;
		this.kafka = kafka;
		this.flow = flow;
		this.clock = clock;
		this.thread.setDaemon(true);
		this.thread.start();
	}

	/** How many records wait in the topic, empty while Kafka does not answer. */
	OptionalLong waiting() {
		return this.waiting;
	}

	private void run() {
		try {
			while (!this.closed) {
				look();
				TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
			}
		}
		catch (InterruptedException ex) {
			// Closed.
		}
	}

	private void look() throws InterruptedException {
		try {
			var time = this.clock.millis();
			var ends = offsets(OffsetSpec.latest());
			var places = places();
			this.waiting = OptionalLong.of(ends.entrySet()
				.stream()
				.mapToLong((end) -> Math.max(0, end.getValue() - places.get(end.getKey())))
				.sum());
			this.kafka.ready(true);
			this.progress.look(time, ends, places);
		}
		catch (ExecutionException | TimeoutException ex) {
			this.waiting = OptionalLong.empty();
			this.kafka.ready(false);
		}
		this.progress.settled(this.clock.millis()).ifPresent(this.flow::settle);
	}

	/** Where the group reads on, which is at the start where it has not read yet. */
	private Map<TopicPartition, Long> places() throws ExecutionException, InterruptedException, TimeoutException {
		var committed = get(this.admin.listConsumerGroupOffsets(this.group).partitionsToOffsetAndMetadata());
		var places = offsets(OffsetSpec.earliest());
		places.replaceAll((partition,
				first) -> Optional.ofNullable(committed.get(partition)).map((place) -> place.offset()).orElse(first));
		return places;
	}

	private Map<TopicPartition, Long> offsets(OffsetSpec which)
			throws ExecutionException, InterruptedException, TimeoutException {
		var topic = get(this.admin.describeTopics(List.of(Topics.ORDERS)).allTopicNames()).get(Topics.ORDERS);
		var request = topic.partitions()
			.stream()
			.map((partition) -> new TopicPartition(Topics.ORDERS, partition.partition()))
			.collect(Collectors.toMap(Function.identity(), (partition) -> which));
		return get(this.admin.listOffsets(request).all()).entrySet()
			.stream()
			.collect(Collectors.toMap(Map.Entry::getKey, (entry) -> entry.getValue().offset()));
	}

	private static <T> T get(KafkaFuture<T> future) throws ExecutionException, InterruptedException, TimeoutException {
		return future.get(2 * LIMIT_MS, TimeUnit.MILLISECONDS);
	}

	@Override
	public void close() {
		this.closed = true;
		this.thread.interrupt();
		this.admin.close(Duration.ZERO);
	}

}
