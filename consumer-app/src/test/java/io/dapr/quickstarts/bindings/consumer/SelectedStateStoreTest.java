package io.dapr.quickstarts.bindings.consumer;

import java.util.List;
import java.util.Map;

import io.dapr.client.DaprClient;
import io.dapr.client.domain.ComponentMetadata;
import io.dapr.client.domain.DaprMetadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Mono;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.web.server.ResponseStatusException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

@ExtendWith(OutputCaptureExtension.class)
class SelectedStateStoreTest {

	private final DaprClient dapr = mock();

	@Test
	void usesTheSidecarsStateStore(CapturedOutput output) {
		given(this.dapr.getMetadata())
			.willReturn(sidecar(component("sample-topic", "bindings.kafka"), component("statestore", "state.sqlite")));
		assertThat(store()).isInstanceOf(DaprStateStore.class);
		assertThat(output.getOut().strip())
			.endsWith("Handled orders are remembered in the state store statestore (state.sqlite)");
	}

	@Test
	void remembersInMemoryWithoutOne(CapturedOutput output) {
		given(this.dapr.getMetadata()).willReturn(sidecar(component("other", "state.redis")));
		assertThat(store()).isInstanceOf(MemoryStateStore.class);
		assertThat(output.getOut().strip()).endsWith(
				"Handled orders are remembered in memory, until this app ends: the sidecar has no component statestore");
	}

	@Test
	void doesNotGuessIfTheSidecarDoesNotAnswer() {
		given(this.dapr.getMetadata()).willReturn(Mono.error(new IllegalStateException("connection refused")));
		assertThatExceptionOfType(ResponseStatusException.class).isThrownBy(this::store)
			.withMessage("503 SERVICE_UNAVAILABLE \"The sidecar did not tell its components: connection refused\"");
	}

	private StateStore store() {
		return new SelectedStateStore(this.dapr).selected();
	}

	/** What a sidecar with these components tells. */
	static Mono<DaprMetadata> sidecar(ComponentMetadata... components) {
		return Mono.just(new DaprMetadata("consumer-app", "1.18.1", List.of(), List.of(), Map.of(), List.of(components),
				List.of(), List.of(), null));
	}

	private static ComponentMetadata component(String name, String type) {
		return new ComponentMetadata(name, type, "v1", List.of());
	}

}
