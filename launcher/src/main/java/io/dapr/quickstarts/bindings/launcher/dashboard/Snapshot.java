package io.dapr.quickstarts.bindings.launcher.dashboard;

import java.util.List;
import java.util.Map;

/**
 * All that the page shows at one moment; its script reads it as JSON.
 *
 * @param launcher differs from run to run, so that a page notices another launcher
 * @param time the moment in milliseconds since 1970
 * @param parts the parts in the order in which an order travels
 * @param counters what became of the orders
 * @param waiting the records that wait in the topic, null while that is not known
 * @param lastOrders the orders that arrived last, the newest first
 * @param lastSeconds the last two minutes, the newest second last
 * @param events what happened last, the newest first
 * @param refusals why each button can't be pressed, empty where it can
 */
record Snapshot(String launcher, long time, List<PartView> parts, Counters counters, Long waiting,
		List<OrderRun.Arrival> lastOrders, List<Second> lastSeconds, List<Event> events, Map<String, String> refusals) {

	/**
	 * A part as the page shows it.
	 *
	 * @param id its name in the page
	 * @param state how it is
	 * @param pid its process id, null if it has none
	 * @param memory the memory it holds in bytes, null if that is not known
	 */
	record PartView(String id, PartState state, Long pid, Long memory) {
	}

}
