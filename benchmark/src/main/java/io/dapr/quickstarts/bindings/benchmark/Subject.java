package io.dapr.quickstarts.bindings.benchmark;

import java.nio.file.Path;
import java.util.List;

/**
 * A program whose speed is measured.
 *
 * @param name what it is called in the tables
 * @param folder the folder that it is started in
 * @param command how it is started
 * @param sign what its lines hold that tell of orders
 * @param ordersPerLine for how many orders such a line stands
 */
record Subject(String name, Path folder, List<String> command, String sign, int ordersPerLine) {
}
