package io.dapr.quickstarts.bindings.launcher.kafka;

import java.util.Map;

import org.apache.kafka.clients.CommonClientConfigs;

/** A Kafka broker, or a cluster of several, that the quickstart uses. */
public interface KafkaBroker {

	/**
	 * Where clients find the broker.
	 * @return host:port, or several with commas between them; the same after
	 * {@link #kill} and another {@link #start}
	 */
	String bootstrapServers();

	/**
	 * What a client in Java needs to use the broker.
	 * @return Kafka's own client settings, by name
	 */
	default Map<String, Object> clientSettings() {
		return Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers());
	}

	/**
	 * Starts the broker, or brings it back after {@link #kill} with all its records, and
	 * waits until it answers.
	 * @throws IllegalStateException if it does not
	 */
	void start();

	/** Ends the broker cleanly; what a container held is gone with it. */
	void stop();

	/**
	 * Makes the broker fail without warning: from one moment to the next it does not
	 * answer.
	 */
	void kill();

	/**
	 * Deletes all records of a broker that has been stopped, where this run owns them.
	 */
	default void deleteData() {
	}

}
