package io.dapr.quickstarts.bindings.launcher.orders;

/**
 * The first delivery of an order to the consumer.
 *
 * @param messageId the order
 * @param sentAt when it was sent, in milliseconds since 1970, null if that is not known
 * @param latency the time from sending to receipt in milliseconds, null if that is not
 * known
 */
public record Delivery(String messageId, Long sentAt, Long latency) {
}
