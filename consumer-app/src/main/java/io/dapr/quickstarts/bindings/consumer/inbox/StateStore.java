package io.dapr.quickstarts.bindings.consumer.inbox;

import java.util.List;

import io.dapr.client.DaprClient;
import io.dapr.client.domain.State;
import io.dapr.client.domain.TransactionalStateOperation;
import org.slf4j.LoggerFactory;

/** Values by key, of which several are written together or not at all. */
interface StateStore {

	/**
	 * Reads a value.
	 * @param key its key
	 * @param type what it is
	 * @return the value, null if there is none, with the ETag of its version
	 * @throws RuntimeException if it can't be read
	 */
	<T> State<T> read(String key, Class<T> type);

	/**
	 * Writes all changes in one transaction, unless one of the values was changed since
	 * it was read.
	 * @param changes the new values, with the ETags of the old ones
	 * @throws RuntimeException if that is not sure to have happened
	 */
	void write(List<TransactionalStateOperation<?>> changes);

	/**
	 * Chooses the sidecar's state store where it has one, see components/statestore.yaml,
	 * else the memory.
	 * @param dapr the client of the sidecar
	 * @param required whether there must be a sidecar; else the memory will do without
	 * @return the store
	 * @throws RuntimeException if the sidecar does not tell what it has
	 */
	static StateStore of(DaprClient dapr, boolean required) {
		var level = "memory, until this app ends: ";
		StateStore store = new MemoryStateStore();
		try {
			var component = DaprStateStore.find(dapr);
			level = component.map("the state store statestore (%s)"::formatted)
				.orElse(level + "the sidecar has no component statestore");
			store = component.isPresent() ? new DaprStateStore(dapr) : store;
		}
		catch (RuntimeException ex) {
			if (required) {
				throw ex;
			}
			level += "there is no sidecar";
		}
		LoggerFactory.getLogger(StateStore.class).info("Handled orders are remembered in {}", level);
		return store;
	}

}
