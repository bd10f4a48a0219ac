package io.dapr.quickstarts.bindings.consumer;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;

import io.dapr.client.DaprClient;
import io.dapr.client.domain.State;
import io.dapr.client.domain.TransactionalStateOperation;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/** The sidecar's state store: what it holds outlives this process and the sidecar. */
class DaprStateStore implements StateStore {

	/** The name of the Dapr component. */
	static final String NAME = "statestore";

	/**
	 * An order takes three calls; all of them are shorter than the sidecar's limit for a
	 * delivery, see components/resiliency.yaml.
	 */
	private static final Duration DEADLINE = Duration.ofMillis(1500);

	private final DaprClient dapr;

	DaprStateStore(DaprClient dapr) {
		this.dapr = dapr;
	}

	@Override
	public <T> State<T> read(String key, Class<T> type) {
		return await(this.dapr.getState(NAME, key, type));
	}

	@Override
	public void write(List<TransactionalStateOperation<?>> changes) {
		await(this.dapr.executeStateTransaction(NAME, changes));
	}

	private static <T> T await(Mono<T> call) {
		try {
			return call
				.timeout(DEADLINE,
						Mono.error(() -> new TimeoutException("no answer within " + DEADLINE.toMillis() + " ms")))
				.block();
		}
		catch (RuntimeException ex) {
			throw new ResponseStatusException(HttpStatus.SERVICE_UNAVAILABLE,
					"The state store %s failed: %s".formatted(NAME, ex.getMessage()), ex);
		}
	}

}
