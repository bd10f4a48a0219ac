package io.dapr.quickstarts.bindings.launcher;

import java.time.Duration;

/**
 * What the user asked for.
 *
 * @param orders how many orders to send, 0 for no end
 * @param interval the pause between two orders
 * @param kafka embedded, container, or host:port of a broker that runs already
 * @param verbose whether to show the lines of Kafka and the sidecars too
 * @param trace whether to start Zipkin and trace each order
 */
record QuickstartOptions(long orders, Duration interval, String kafka, boolean verbose, boolean trace) {
}
