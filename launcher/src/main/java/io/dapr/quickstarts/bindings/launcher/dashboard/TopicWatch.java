package io.dapr.quickstarts.bindings.launcher.dashboard;

import java.time.Duration;
import java.time.InstantSource;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

import io.dapr.quickstarts.bindings.launcher.kafka.Topics;
import org.apache.kafka.common.TopicPartition;

/** Asks Kafka twice a second whether it is there and how many orders wait. */
final class TopicWatch implements AutoCloseable {

	/** How long Kafka may take for an answer; a broker that is down gives none. */
	private static final Duration LIMIT = Duration.ofSeconds(2);

	private static final long PAUSE_MS = 500;

	private final Topics topics;

	private final String group;

	private final Part kafka;

	private final OrderFlow flow;

	private final InstantSource clock;

	private final Progress<TopicPartition> progress = new Progress<>();

	private final Thread thread = new Thread(this::run, "page topic watch");

	private volatile OptionalLong waiting = OptionalLong.empty();

	private volatile boolean closed;

	TopicWatch(String bootstrapServers, String group, Part kafka, OrderFlow flow, InstantSource clock) {
		this.topics = new Topics(bootstrapServers, LIMIT);
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

	private void look() {
		try {
			var time = this.clock.millis();
			var offsets = this.topics.offsets(Topics.ORDERS, this.group);
			this.waiting = OptionalLong.of(offsets.values().stream().mapToLong(Topics.Offsets::waiting).sum());
			this.kafka.ready(true);
			this.progress.look(time, offsets);
		}
		catch (IllegalStateException ex) {
			this.waiting = OptionalLong.empty();
			this.kafka.ready(false);
		}
		this.progress.settled(this.clock.millis()).ifPresent(this.flow::settle);
	}

	@Override
	public void close() {
		this.closed = true;
		this.thread.interrupt();
		this.topics.close();
	}

}
