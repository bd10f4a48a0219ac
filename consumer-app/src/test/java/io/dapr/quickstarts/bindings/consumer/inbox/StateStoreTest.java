package io.dapr.quickstarts.bindings.consumer.inbox;

import io.dapr.client.DaprClient;
import io.dapr.quickstarts.bindings.consumer.Sidecars;
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
class StateStoreTest {

	private final DaprClient dapr = mock();

	@Test
	void usesTheSidecarsStateStore(CapturedOutput output) {
		given(this.dapr.getMetadata()).willReturn(Sidecars.withStateStores("other", "statestore"));
		assertThat(store()).isInstanceOf(DaprStateStore.class);
		assertThat(output.getOut().strip())
			.endsWith("Handled orders are remembered in the state store statestore (state.sqlite)");
	}

	@Test
	void remembersInMemoryWithoutOne(CapturedOutput output) {
		given(this.dapr.getMetadata()).willReturn(Sidecars.withStateStores("other"));
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

	@Test
	void remembersInMemoryIfThereNeedBeNoSidecar(CapturedOutput output) {
		given(this.dapr.getMetadata()).willReturn(Mono.error(new IllegalStateException("connection refused")));
		assertThat(StateStore.choose(this.dapr, false)).isInstanceOf(MemoryStateStore.class);
		assertThat(output).contains("remembered in memory, until this app ends: there is no sidecar");
	}

	private StateStore store() {
		return StateStore.choose(this.dapr, true);
	}

}
