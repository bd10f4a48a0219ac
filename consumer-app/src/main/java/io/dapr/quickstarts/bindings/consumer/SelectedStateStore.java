package io.dapr.quickstarts.bindings.consumer;

import java.time.Duration;
import java.util.List;

import io.dapr.client.DaprClient;
import io.dapr.client.domain.ComponentMetadata;
import io.dapr.client.domain.State;
import io.dapr.client.domain.TransactionalStateOperation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.annotation.Lazy;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ResponseStatusException;

/**
 * The sidecar's state store where it has one, see components/statestore.yaml, else the
 * memory. The sidecar is asked when the first order comes: it may start later than this
 * app.
 */
@Component
class SelectedStateStore implements StateStore {

	/**
	 * Shorter than the sidecar's limit for a delivery, see components/resiliency.yaml.
	 */
	private static final Duration DEADLINE = Duration.ofSeconds(3);

	private static final Logger log = LoggerFactory.getLogger(SelectedStateStore.class);

	private final DaprClient dapr;

	private StateStore selected;

	SelectedStateStore(@Lazy DaprClient dapr) {
		this.dapr = dapr;
	}

	@Override
	public <T> State<T> read(String key, Class<T> type) {
		return selected().read(key, type);
	}

	@Override
	public void write(List<TransactionalStateOperation<?>> changes) {
		selected().write(changes);
	}

	synchronized StateStore selected() {
		if (this.selected == null) {
			this.selected = select();
		}
		return this.selected;
	}

	private StateStore select() {
		try {
			var component = this.dapr.getMetadata()
				.block(DEADLINE)
				.getComponents()
				.stream()
				.filter((candidate) -> candidate.getName().equals(DaprStateStore.NAME))
				.findFirst();
			log.info("Handled orders are remembered in {}",
					component.map(ComponentMetadata::getType)
						.map((type) -> "the state store " + DaprStateStore.NAME + " (" + type + ")")
						.orElse("memory, until this app ends: the sidecar has no component " + DaprStateStore.NAME));
			return component.isPresent() ? new DaprStateStore(this.dapr) : new MemoryStateStore();
		}
		catch (RuntimeException ex) {
			throw new ResponseStatusException(HttpStatus.SERVICE_UNAVAILABLE,
					"The sidecar did not tell its components: " + ex.getMessage(), ex);
		}
	}

}
