package io.dapr.quickstarts.bindings.launcher.dashboard;

import java.util.List;
import java.util.Map;

import io.dapr.quickstarts.bindings.launcher.monitor.Event;
import io.dapr.quickstarts.bindings.launcher.monitor.Ledger;
import io.dapr.quickstarts.bindings.launcher.monitor.ServiceState;
import io.dapr.quickstarts.bindings.launcher.orders.Counters;
import io.dapr.quickstarts.bindings.launcher.orders.Delivery;
import io.dapr.quickstarts.bindings.launcher.orders.Second;

/**
 * All that the page shows at one moment; its script reads it as JSON.
 *
 * @param launcher differs from run to run, so that a page notices another launcher
 * @param services in the order in which an order passes them
 * @param counters what became of the orders
 * @param ledger what the consumer's state store says of them, null if it has none
 * @param lag the records that the consumer has not acknowledged, null while that is not
 * known
 * @param deliveries the orders that were received last, the newest first
 * @param seconds the last two minutes, the newest second last
 * @param events what happened last, the newest first
 * @param refusals why each action can't be taken, empty where it can
 */
record Snapshot(String launcher, List<ServiceView> services, Counters counters, Ledger ledger, Long lag,
		List<Delivery> deliveries, List<Second> seconds, List<Event> events, Map<String, String> refusals) {

	/**
	 * A service as the page shows it.
	 *
	 * @param id its name in the page
	 * @param state how it is
	 * @param standstill why orders stand still, null if this service is not the guilty
	 * one
	 * @param pid its process id, null if it has none
	 * @param memory the memory it holds in bytes, null if that is not known
	 */
	record ServiceView(String id, ServiceState state, String standstill, Long pid, Long memory) {
	}

}
