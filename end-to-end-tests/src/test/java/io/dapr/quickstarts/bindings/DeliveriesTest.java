package io.dapr.quickstarts.bindings;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class DeliveriesTest {

	private final Deliveries deliveries = new Deliveries();

	@Test
	void anAttemptAfterAFailureIsNoSecondHandling() {
		handled("7afa4b55aa33-41", 41);
		handled("7afa4b55aa33-42", 42);
		failed("7afa4b55aa33-42");
		handled("7afa4b55aa33-42", 42);
		this.deliveries.read(line("7afa4b55aa33-42", "OrderController", "Order 42 was delivered again; skipped"));

		assertThat(this.deliveries.handled()).containsExactly(41L, 42L);
		assertThat(this.deliveries.soFar().repeats()).isEqualTo(2);
	}

	@Test
	void anotherHandlingWithoutAFailureIs() {
		handled("", 1);
		failed("");
		handled("", 1);
		handled("", 2);
		handled("", 2);

		assertThat(this.deliveries.handled()).containsExactly(1L, 2L, 2L);
	}

	private void handled(String messageId, long orderId) {
		this.deliveries.read(line(messageId, "OrderController", "{ orderId: " + orderId + " }"));
	}

	private void failed(String messageId) {
		this.deliveries.read(line(messageId, "delivery.FailureLog",
				"Could not handle the record at offset 43 of partition 0 of sample; it will be delivered again: …"));
	}

	private static String line(String messageId, String logger, String message) {
		return "2026-11-26T15:37:10.238Z  INFO 17614 --- [consumer-app] [tp1002021887-16] [%s] i.d.q.b.consumer.%s     : %s"
			.formatted(messageId, logger, message);
	}

}
