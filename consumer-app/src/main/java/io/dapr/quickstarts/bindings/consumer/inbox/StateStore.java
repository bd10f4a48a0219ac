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
	 * @throws RuntimeException if it is not certain that they were written
	 */
	void write(List<TransactionalStateOperation<?>> changes);

	/**
	 * Chooses the sidecar's state store where it has one, see components/statestore.yaml,
	 * else the memory.
	 * @param dapr the client of the sidecar
	 * @param sidecarExpected whether there must be a sidecar; if not, the memory is used
	 * without one
	 * @return the store
	 * @throws RuntimeException if the sidecar does not tell what it has
	 */
	static StateStore choose(DaprClient dapr, boolean sidecarExpected) {
		var log = LoggerFactory.getLogger(StateStore.class);
		var reason = "the sidecar has no component statestore";
		try {
			var component = DaprStateStore.find(dapr);
			if (component.isPresent()) {
				log.info("Handled orders are remembered in the state store statestore ({})", component.get());
				return new DaprStateStore(dapr);
			}
		}
		catch (RuntimeException ex) {
			if (sidecarExpected) {
				throw ex;
			}
			reason = "there is no sidecar";
		}
		log.info("Handled orders are remembered in memory, until this app ends: {}", reason);
		return new MemoryStateStore();
	}

}
