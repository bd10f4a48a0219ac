package io.dapr.quickstarts.bindings.consumer.inbox;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

import io.dapr.client.DaprClient;
import io.dapr.client.domain.ComponentMetadata;
import io.dapr.client.domain.State;
import io.dapr.client.domain.TransactionalStateOperation;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/** The sidecar's state store: what it holds outlives this process and the sidecar. */
class DaprStateStore implements StateStore {

	/**
	 * For one call. The three calls of an order are shorter than the sidecar's limit for
	 * a delivery, see components/resiliency.yaml.
	 */
	private static final Duration DEADLINE = Duration.ofMillis(1500);

	/** The name of the Dapr component. */
	private static final String NAME = "statestore";

	private static final String FAILURE = "The state store " + NAME + " failed";

	private final DaprClient dapr;

	DaprStateStore(DaprClient dapr) {
		this.dapr = dapr;
	}

	@Override
	public <T> State<T> read(String key, Class<T> type) {
		return await(this.dapr.getState(NAME, key, type), FAILURE);
	}

	@Override
	public void write(List<TransactionalStateOperation<?>> changes) {
		await(this.dapr.executeStateTransaction(NAME, changes), FAILURE);
	}

	/**
	 * Asks a sidecar for its state store.
	 * @param dapr the client of the sidecar
	 * @return the store's type, such as state.sqlite; empty if it has none
	 */
	static Optional<String> find(DaprClient dapr) {
		return await(dapr.getMetadata(), "The sidecar did not tell its components").getComponents()
			.stream()
			.filter((component) -> component.getName().equals(NAME))
			.map(ComponentMetadata::getType)
			.findFirst();
	}

	private static <T> T await(Mono<T> call, String failure) {
		try {
			return call
				.timeout(DEADLINE,
						Mono.error(() -> new TimeoutException("no answer within " + DEADLINE.toMillis() + " ms")))
				.block();
		}
		catch (RuntimeException ex) {
			throw new ResponseStatusException(HttpStatus.SERVICE_UNAVAILABLE,
					"%s: %s".formatted(failure, ex.getMessage()), ex);
		}
	}

}
