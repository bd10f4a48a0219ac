package io.dapr.quickstarts.bindings.consumer.inbox;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.dapr.client.domain.State;
import io.dapr.client.domain.TransactionalStateOperation;

/** A state store within this process, which forgets all when the process ends. */
class MemoryStateStore implements StateStore {

	/** How many values are kept; the one that was written longest ago goes first. */
	static final int CAPACITY = 10_000;

	private final Map<String, State<?>> states = new LinkedHashMap<>();

	private long version;

	@Override
	public synchronized <T> State<T> read(String key, Class<T> type) {
		var state = this.states.get(key);
		return (state != null) ? new State<>(key, type.cast(state.getValue()), state.getEtag()) : new State<>(key);
	}

	@Override
	public synchronized void write(List<TransactionalStateOperation<?>> changes) {
		var states = changes.stream().<State<?>>map(TransactionalStateOperation::getRequest).toList();
		if (!states.stream().allMatch(this::isUnchanged)) {
			throw new IllegalStateException("A value was changed since it was read");
		}
		states.forEach(this::put);
		while (this.states.size() > CAPACITY) {
			this.states.remove(this.states.keySet().iterator().next());
		}
	}

	private boolean isUnchanged(State<?> change) {
		var current = this.states.get(change.getKey());
		return Objects.equals(change.getEtag(), (current != null) ? current.getEtag() : null);
	}

	private void put(State<?> change) {
		this.version++;
		this.states.remove(change.getKey());
		this.states.put(change.getKey(), new State<>(change.getKey(), change.getValue(), Long.toString(this.version)));
	}

}
