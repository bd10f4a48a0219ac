package io.dapr.quickstarts.bindings.launcher.dashboard;

/**
 * What arrived within one second.
 *
 * @param arrived how many orders
 * @param longest the longest time from sending to arrival in milliseconds, 0 if none
 * arrived
 */
record Second(long arrived, long longest) {
}
