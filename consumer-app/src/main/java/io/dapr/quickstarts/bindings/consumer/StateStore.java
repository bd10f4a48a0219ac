package io.dapr.quickstarts.bindings.consumer;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.dapr.client.domain.State;
import io.dapr.client.domain.StateOptions;
import io.dapr.client.domain.TransactionalStateOperation;

/** Values by key, of which several are written together or not at all. */
interface StateStore {

	/**
	 * Reads a value.
	 * @param key its key
	 * @param type what it is
	 * @return the value, null if there is none, with the mark of its version
	 * @throws RuntimeException if it can't be read
	 */
	<T> State<T> read(String key, Class<T> type);

	/**
	 * Writes all changes in one transaction.
	 * @param changes what {@link #change} gives
	 * @throws RuntimeException if that is not sure to have happened
	 */
	void write(List<TransactionalStateOperation<?>> changes);

	/**
	 * A change that is made unless the value was changed by somebody else since it was
	 * read; then nothing of its transaction is written.
	 * @param before what {@link #read} gave
	 * @param after the new value
	 * @return the change, to be written
	 */
	static <T> TransactionalStateOperation<T> change(State<T> before, T after) {
		return change(before, after, Map.of());
	}

	/**
	 * A change after which the value goes away by itself.
	 * @param before what {@link #read} gave
	 * @param after the new value
	 * @param timeToLive how long it stays unless it is changed again
	 * @return the change, to be written
	 */
	static <T> TransactionalStateOperation<T> change(State<T> before, T after, Duration timeToLive) {
		return change(before, after, Map.of("ttlInSeconds", Long.toString(timeToLive.toSeconds())));
	}

	private static <T> TransactionalStateOperation<T> change(State<T> before, T after, Map<String, String> metadata) {
		// Without an ETag, first-write means: only if there is none yet.
		var options = new StateOptions(StateOptions.Consistency.STRONG, StateOptions.Concurrency.FIRST_WRITE);
		return new TransactionalStateOperation<>(TransactionalStateOperation.OperationType.UPSERT,
				new State<>(before.getKey(), after, before.getEtag(), metadata, options));
	}

}
