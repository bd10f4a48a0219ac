package io.dapr.quickstarts.bindings.launcher.orders;

/**
 * What was received within one second.
 *
 * @param received how many orders
 * @param latency the longest time from sending to receipt in milliseconds, 0 if nothing
 * was received
 */
public record Second(long received, long latency) {
}
