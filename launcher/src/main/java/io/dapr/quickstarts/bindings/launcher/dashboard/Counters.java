package io.dapr.quickstarts.bindings.launcher.dashboard;

/**
 * What became of the orders so far, each a number of orders but for {@code rejected}, a
 * number of records.
 *
 * @param sent handed to the sidecar, or by the page to Kafka
 * @param accepted of these, confirmed to be in Kafka
 * @param arrived handled by the consumer, each counted once
 * @param repeated delivered again after that
 * @param rejected put to the dead letters since they can't be read
 * @param lost accepted, no longer waiting in Kafka, and yet not arrived
 * @param outOfOrder arrived after a later one
 */
record Counters(long sent, long accepted, long arrived, long repeated, long rejected, long lost, long outOfOrder) {
}
