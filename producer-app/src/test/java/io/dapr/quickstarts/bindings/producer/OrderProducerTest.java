package io.dapr.quickstarts.bindings.producer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.dapr.client.DaprClient;
import io.dapr.exceptions.DaprException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.anyMap;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

class OrderProducerTest {

	private final DaprClient dapr = mock(DaprClient.class);

	private final OrderProducer producer = new OrderProducer(this.dapr, "3f2a9c1b7d40", Duration.ofMillis(1));

	private final AtomicInteger failures = new AtomicInteger();

	private final List<Order> calls = new ArrayList<>();

	private final List<Map<String, String>> metadata = new ArrayList<>();

	private volatile RuntimeException failure = daprException("the broker does not answer");

	@BeforeEach
	void sidecar() {
		given(this.dapr.invokeBinding(anyString(), anyString(), any(), anyMap(), eq(Void.class)))
			.willAnswer((call) -> Mono.<Void>defer(() -> {
				assertThat(call.<String>getArgument(0)).isEqualTo("sample-topic");
				assertThat(call.<String>getArgument(1)).isEqualTo("create");
				this.calls.add(call.getArgument(2));
				this.metadata.add(call.getArgument(3));
				return (this.failures.getAndDecrement() > 0) ? Mono.error(this.failure) : Mono.empty();
			}));
	}

	@Test
	void sendsOneOrderAfterTheOther() {
		this.producer.send(new Order(1));
		this.producer.send(new Order(2));
		assertThat(this.calls).containsExactly(new Order(1), new Order(2));
		assertThat(this.metadata).containsExactly(
				Map.of("message-id", "3f2a9c1b7d40-1", "partitionKey", "3f2a9c1b7d40"),
				Map.of("message-id", "3f2a9c1b7d40-2", "partitionKey", "3f2a9c1b7d40"));
	}

	@Test
	void repeatsTheSameOrderWithTheSameIdUntilItIsAccepted() {
		this.failures.set(3);
		this.producer.send(new Order(1));
		assertThat(this.calls).hasSize(4).containsOnly(new Order(1));
		assertThat(this.metadata).containsOnly(this.metadata.get(0));
	}

	@Test
	void givesUpWhatNoRepetitionCures() {
		this.failures.set(1);
		this.failure = daprException(
				"error invoking output binding sample-topic: couldn't find output binding sample-topic");
		assertThatThrownBy(() -> this.producer.send(new Order(1))).isSameAs(this.failure);
		assertThat(this.calls).hasSize(1);
		assertThat(PermanentFailure.advice(this.failure))
			.hasValue("Does the sidecar load components/kafka_bindings.yaml?");
	}

	@Test
	void stopsInTheMiddleOfACall() throws Exception {
		var called = new CountDownLatch(1);
		given(this.dapr.invokeBinding(anyString(), anyString(), any(), anyMap(), eq(Void.class)))
			.willReturn(Mono.<Void>never().doOnSubscribe((subscription) -> called.countDown()));
		var ended = new CompletableFuture<Throwable>();
		var sender = new Thread(() -> {
			try {
				this.producer.send(new Order(1));
				ended.complete(null);
			}
			catch (RuntimeException ex) {
				ended.complete(ex);
			}
		});
		sender.start();
		assertThat(called.await(10, TimeUnit.SECONDS)).isTrue();
		sender.interrupt();
		assertThat(ended.get(5, TimeUnit.SECONDS)).hasRootCauseInstanceOf(InterruptedException.class);
	}

	private static DaprException daprException(String message) {
		return new DaprException("INTERNAL", message, new byte[0], 500);
	}

}
