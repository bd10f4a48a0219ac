package io.dapr.quickstarts.bindings.launcher.monitor;

/** The services that an order passes, in this order. */
public enum ServiceName {

	/** The app that sends. */
	PRODUCER("producer", "the producer"),

	/** The daprd beside it. */
	PRODUCER_SIDECAR("producer-sidecar", "the producer's sidecar"),

	/** The broker. */
	KAFKA("kafka", "Kafka"),

	/** The daprd beside the consumer. */
	CONSUMER_SIDECAR("consumer-sidecar", "the consumer's sidecar"),

	/** The app that receives. */
	CONSUMER("consumer", "the consumer");

	private final String id;

	private final String title;

	ServiceName(String id, String title) {
		this.id = id;
		this.title = title;
	}

	/**
	 * The name in addresses and in the page.
	 * @return such as consumer-sidecar
	 */
	public String id() {
		return this.id;
	}

	/**
	 * The name in a sentence.
	 * @return such as "the consumer's sidecar"
	 */
	public String title() {
		return this.title;
	}

	/**
	 * Whether this is one of the two sidecars, which need Kafka when they start.
	 * @return true for a daprd
	 */
	public boolean isSidecar() {
		return this == PRODUCER_SIDECAR || this == CONSUMER_SIDECAR;
	}

}
