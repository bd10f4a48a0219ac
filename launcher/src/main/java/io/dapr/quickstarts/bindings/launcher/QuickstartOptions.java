package io.dapr.quickstarts.bindings.launcher;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What the user asked for.
 *
 * @param orders how many orders to send, 0 for no end
 * @param interval the pause between two orders
 * @param kafka embedded, container, or host:port of a broker that runs already
 * @param brokers how many embedded brokers to start
 * @param kafkaConfig settings of Kafka's clients for a broker that runs already
 * @param components the folder with the component files, empty for the project's own
 * @param trace whether to start Zipkin and trace each order
 */
record QuickstartOptions(long orders, Duration interval, String kafka, int brokers, Map<String, Object> kafkaConfig,
		Optional<Path> components, boolean trace) {
}
