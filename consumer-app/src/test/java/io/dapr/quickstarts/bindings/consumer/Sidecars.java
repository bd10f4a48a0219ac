package io.dapr.quickstarts.bindings.consumer;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.dapr.client.domain.ComponentMetadata;
import io.dapr.client.domain.DaprMetadata;
import reactor.core.publisher.Mono;

/** What sidecars tell of themselves. */
public final class Sidecars {

	private Sidecars() {
	}

	/** A sidecar that has state stores of these names. */
	public static Mono<DaprMetadata> withStateStores(String... names) {
		var components = Stream.of(names).map((name) -> new ComponentMetadata(name, "state.sqlite", "v1", List.of()));
		return Mono.just(new DaprMetadata("consumer-app", "1.18.1", List.of(), List.of(), Map.of(), components.toList(),
				List.of(), List.of(), null));
	}

}
