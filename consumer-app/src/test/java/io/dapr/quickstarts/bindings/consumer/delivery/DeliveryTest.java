package io.dapr.quickstarts.bindings.consumer.delivery;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.http.HttpHeaders;

import static org.assertj.core.api.Assertions.assertThat;

class DeliveryTest {

	private final HttpHeaders headers = new HttpHeaders();

	@Test
	void readsTheSidecarsHeaders() {
		this.headers.add("Message-Id", "3f2a9c1b7d40-7");
		this.headers.add("__topic", "sample");
		this.headers.add("__partition", "0");
		this.headers.add("__offset", "12");
		var delivery = Delivery.of(new byte[] { 7 }, this.headers);
		assertThat(delivery.messageId()).isEqualTo("3f2a9c1b7d40-7");
		assertThat(delivery.data()).containsExactly(7);
		assertThat(delivery).hasToString("the record at offset 12 of partition 0 of sample");
	}

	@Test
	void mayHaveNoHeadersAndNoBody() {
		var delivery = Delivery.of(null, this.headers);
		assertThat(delivery.messageId()).isNull();
		assertThat(delivery.data()).isEmpty();
	}

	@Test
	void aLongMessageIdIsHashed() {
		assertThat(messageId("a".repeat(128))).isEqualTo("a".repeat(128));
		assertThat(messageId("a".repeat(129))).hasSize(64)
			.isEqualTo(messageId("a".repeat(129)))
			.isNotEqualTo(messageId("a".repeat(130)));
	}

	@Test
	void knowsTheAgeOfTheRecord() {
		this.headers.add("__timestamp", String.valueOf(System.currentTimeMillis() - 60_000));
		assertThat(Delivery.of(null, this.headers).age())
			.hasValueSatisfying((age) -> assertThat(age).isBetween(Duration.ofSeconds(60), Duration.ofSeconds(120)));
	}

	@ParameterizedTest
	@NullSource
	@ValueSource(strings = { "", "yesterday", "9223372036854775808" })
	void aRecordMayBeOfAnyAge(String timestamp) {
		if (timestamp != null) {
			this.headers.add("__timestamp", timestamp);
		}
		assertThat(Delivery.of(null, this.headers).age()).isEmpty();
	}

	private String messageId(String header) {
		this.headers.set("message-id", header);
		return Delivery.of(null, this.headers).messageId();
	}

}
