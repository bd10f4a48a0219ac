package io.dapr.quickstarts.bindings.producer;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;

import io.dapr.client.DaprClient;
import io.dapr.exceptions.DaprException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyMap;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

class OrderSenderTest {

	private static final DaprException NO_BROKER = daprException("the broker does not answer");

	private final DaprClient dapr = mock(DaprClient.class);

	private final Shutdown shutdown = new Shutdown();

	private final OrderSender sender = new OrderSender(this.dapr, "3f2a9c1b7d40", Duration.ofMillis(1), this.shutdown);

	private final List<Order> calls = new ArrayList<>();

	private final List<Map<String, String>> metadata = new ArrayList<>();

	/** What the next calls fail with; the others are accepted. */
	private final Queue<Throwable> failures = new ArrayDeque<>();

	@BeforeEach
	void sidecar() {
		given(this.dapr.invokeBinding(eq("sample-topic"), eq("create"), any(), anyMap(), eq(Void.class)))
			.willAnswer((call) -> {
				this.calls.add(call.getArgument(2));
				this.metadata.add(call.getArgument(3));
				return this.failures.isEmpty() ? Mono.empty() : Mono.error(this.failures.poll());
			});
	}

	@Test
	void sendsOneOrderAfterTheOther() throws Exception {
		this.sender.send(new Order(1));
		this.sender.send(new Order(2));
		assertThat(this.calls).containsExactly(new Order(1), new Order(2));
		assertThat(this.metadata).containsExactly(
				Map.of("message-id", "3f2a9c1b7d40-1", "partitionKey", "3f2a9c1b7d40"),
				Map.of("message-id", "3f2a9c1b7d40-2", "partitionKey", "3f2a9c1b7d40"));
	}

	@Test
	void repeatsTheSameOrderWithTheSameIdUntilItIsAccepted() throws Exception {
		Collections.addAll(this.failures, NO_BROKER, new IllegalStateException("no answer within 10 s"), NO_BROKER);
		this.sender.send(new Order(1));
		assertThat(this.calls).hasSize(4).containsOnly(new Order(1));
		assertThat(this.metadata).containsOnly(Map.of("message-id", "3f2a9c1b7d40-1", "partitionKey", "3f2a9c1b7d40"));
	}

	@Test
	void givesUpWhatNoRepetitionCures() {
		var failure = daprException(
				"error invoking output binding sample-topic: couldn't find output binding sample-topic");
		this.failures.add(failure);
		assertThatThrownBy(() -> this.sender.send(new Order(1))).isSameAs(failure);
		assertThat(this.calls).hasSize(1);
	}

	@Test
	void givesUpAfterAnError() {
		this.failures.add(new NoClassDefFoundError("io/grpc/Status"));
		assertThatThrownBy(() -> this.sender.send(new Order(1))).hasMessageContaining("io/grpc/Status");
		assertThat(this.calls).hasSize(1);
	}

	@Test
	void stopsBetweenTwoAttempts() {
		this.failures.add(NO_BROKER);
		this.shutdown.request();
		assertThatThrownBy(() -> this.sender.send(new Order(1))).isInstanceOf(InterruptedException.class);
		assertThat(this.calls).hasSize(1);
	}

	private static DaprException daprException(String message) {
		return new DaprException("INTERNAL", message, new byte[0], 500);
	}

}
