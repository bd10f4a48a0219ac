package io.dapr.quickstarts.bindings.launcher.dapr;

import io.dapr.quickstarts.bindings.launcher.kafka.Topics;

/**
 * Where the orders go, as the component files say.
 *
 * @param name the topic that the producer's sidecar writes to
 * @param deadLetters the topic that keeps malformed records
 * @param group the consumer group
 */
public record OrderTopic(String name, String deadLetters, String group) {

	/**
	 * Reads the component files.
	 * @param files may leave out what is to be as in the files of this product, or take
	 * it from a secret
	 * @return what they name
	 */
	public static OrderTopic of(ComponentFiles files) {
		// The consumer's component may have another name than the producer's.
		return new OrderTopic(files.value("sample-topic", "publishTopic").orElse(Topics.ORDERS),
				files.value("sample-dead-letter", "publishTopic").orElse(Topics.DEAD_LETTERS),
				files.value("consumerGroup").orElse("group1"));
	}

}
