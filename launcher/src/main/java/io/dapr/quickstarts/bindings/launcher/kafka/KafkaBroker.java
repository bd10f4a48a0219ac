package io.dapr.quickstarts.bindings.launcher.kafka;

/** A Kafka broker that the quickstart uses. */
public interface KafkaBroker {

	/**
	 * Where clients find the broker.
	 * @return host:port; the same after {@link #kill} and another {@link #start}
	 */
	String bootstrapServers();

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

}
