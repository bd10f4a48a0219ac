package io.dapr.quickstarts.bindings.launcher.orders;

import java.util.Map;

/**
 * The orders that were undelivered at one time: accepted, but not received.
 *
 * @param time that time, in milliseconds since 1970
 * @param orders the orders of each run that had any
 */
public record Undelivered(long time, Map<String, OrderNumbers> orders) {
}
