package io.dapr.quickstarts.bindings.launcher.dashboard;

import java.util.regex.Pattern;

/** The parts that an order travels through, in this order. */
public enum PartName {

	/** The app that sends. */
	PRODUCER("producer", "the producer", "^\\{\"data\""),

	/** The daprd beside it. */
	PRODUCER_SIDECAR("producer-sidecar", "the producer's sidecar", PartName.DAPRD_RUNS),

	/** The broker; it runs when it answers, whatever it prints. */
	KAFKA("kafka", "Kafka", "(?!)"),

	/** The daprd beside the consumer. */
	CONSUMER_SIDECAR("consumer-sidecar", "the consumer's sidecar", PartName.DAPRD_RUNS),

	/** The app that receives. */
	CONSUMER("consumer", "the consumer", "Consumer app listening on port \\d+!$");

	private static final String DAPRD_RUNS = "dapr initialized\\. Status: Running";

	private final String id;

	private final String title;

	private final Pattern ready;

	PartName(String id, String title, String ready) {
		this.id = id;
		this.title = title;
		this.ready = Pattern.compile(ready);
	}

	/** How the page's script and addresses call it. */
	String id() {
		return this.id;
	}

	/** How a sentence calls it. */
	String title() {
		return this.title;
	}

	/** Whether a line that the part prints says that it is ready. */
	boolean isReady(String line) {
		return this.ready.matcher(line).find();
	}

}
