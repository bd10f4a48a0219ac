package io.dapr.quickstarts.bindings.consumer.inbox;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

import io.dapr.client.domain.State;
import io.dapr.client.domain.StateOptions;
import io.dapr.client.domain.TransactionalStateOperation;

/** What a message changes in the state store: all of it is written, or nothing. */
public class Changes {

	/** Without an ETag, first-write means: only if there is none yet. */
	private static final StateOptions UNLESS_CHANGED = new StateOptions(StateOptions.Consistency.STRONG,
			StateOptions.Concurrency.FIRST_WRITE);

	private final StateStore store;

	private final List<TransactionalStateOperation<?>> operations = new ArrayList<>();

	Changes(StateStore store) {
		this.store = store;
	}

	/**
	 * Changes a value, once for each message. If somebody else changes it before all is
	 * written, nothing is, and the message is redelivered.
	 * @param key the value's key
	 * @param initial what it is as long as nothing was written; of a class that becomes
	 * JSON and back
	 * @param change makes the new value of the old one
	 */
	@SuppressWarnings("unchecked")
	public <T> void update(String key, T initial, UnaryOperator<T> change) {
		var before = this.store.read(key, (Class<T>) initial.getClass());
		var value = (before.getValue() != null) ? before.getValue() : initial;
		add(before, change.apply(value), Map.of());
	}

	/** Adds a value that expires. */
	<T> void add(State<T> before, T after, Duration timeToLive) {
		add(before, after, Map.of("ttlInSeconds", Long.toString(timeToLive.toSeconds())));
	}

	private <T> void add(State<T> before, T after, Map<String, String> metadata) {
		this.operations.add(new TransactionalStateOperation<>(TransactionalStateOperation.OperationType.UPSERT,
				new State<>(before.getKey(), after, before.getEtag(), metadata, UNLESS_CHANGED)));
	}

	void write() {
		this.store.write(this.operations);
	}

}
