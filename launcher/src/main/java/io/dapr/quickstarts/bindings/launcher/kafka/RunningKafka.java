package io.dapr.quickstarts.bindings.launcher.kafka;

import java.time.Duration;

/**
 * A broker that somebody else runs; it is neither started nor stopped.
 *
 * @param bootstrapServers where it listens, host:port
 */
public record RunningKafka(String bootstrapServers) implements KafkaBroker {

	private static final Duration ANSWER_LIMIT = Duration.ofSeconds(10);

	@Override
	public void start() {
		Topics.awaitBroker(this.bootstrapServers, ANSWER_LIMIT);
	}

	@Override
	public void stop() {
		// Not ours to stop.
	}

	@Override
	public void kill() {
		throw new UnsupportedOperationException("The broker at " + this.bootstrapServers + " is not ours to kill");
	}

}
