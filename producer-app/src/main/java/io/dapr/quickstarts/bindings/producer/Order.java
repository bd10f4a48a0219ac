package io.dapr.quickstarts.bindings.producer;

/**
 * An order as it travels through Kafka: <code>{"orderId": 7}</code>.
 *
 * @param orderId its number, from 1
 */
record Order(long orderId) {
}
