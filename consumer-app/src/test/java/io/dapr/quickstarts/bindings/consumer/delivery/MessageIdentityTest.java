package io.dapr.quickstarts.bindings.consumer.delivery;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class MessageIdentityTest {

	@ParameterizedTest
	@ValueSource(longs = { 7, 1, 999_999_999_999_999_999L })
	void isTheNumberInTheRunOnAPartition(long number) {
		assertThat(MessageIdentity.of(delivery("3f2a9c1b7d40-" + number, 2, 11, 100, "data"), number))
			.isEqualTo(new MessageIdentity("3f2a9c1b7d40", "3f2a9c1b7d40-sample-2", number));
	}

	@ParameterizedTest
	@ValueSource(strings = { "a", "7", "3f2a9c1b7d40-", "3f2a9c1b7d40-0", "3f2a9c1b7d40-07", "3f2a9c1b7d40--7",
			"3F2A9C1B7D40-7", "3f2a9c1b7d4-7", "customer-7", "3f2a9c1b7d40-9999999999999999999", "a||b",
			// The number of another order.
			"3f2a9c1b7d40-8", "550e8400-e29b-41d4-a716-446655440000" })
	void isAnIdOfAnotherForm(String id) {
		var identity = identity(id, 0, 11, 100);
		assertThat(identity.source()).isEqualTo("sample-0");
		// Written once more, to another partition.
		assertThat(identity.sequence()).matches("[0-9a-f]{64}").isEqualTo(identity(id, 1, 12, 101).sequence());
		assertThat(identity.sequence()).isNotEqualTo(identity(id + "1", 0, 11, 100).sequence());
	}

	@ParameterizedTest
	@NullAndEmptySource
	void isThePlaceOfARecordWithoutId(String id) {
		var record = identity(id, 0, 11, 100);
		assertThat(record).isEqualTo(identity("", 0, 11, 100));
		assertThat(record.sequence()).isNotIn(identity("", 1, 11, 100).sequence(), identity("", 0, 12, 100).sequence(),
				// The topic was created again.
				identity("", 0, 11, 101).sequence());
	}

	@Test
	void whatIsPostedByHandIsAlwaysNew() {
		var delivery = new Delivery(new byte[0], null, null, null, null, null);
		assertThat(MessageIdentity.of(delivery, 7)).isNotEqualTo(MessageIdentity.of(delivery, 7));
	}

	@Test
	void differentDataUnderOneIdAreTwoMessages() {
		assertThat(MessageIdentity.of(delivery("a", 0, 11, 100, "one"), 7))
			.isNotEqualTo(MessageIdentity.of(delivery("a", 0, 11, 100, "two"), 7));
	}

	private static MessageIdentity identity(String id, int partition, long offset, long timestamp) {
		return MessageIdentity.of(delivery(id, partition, offset, timestamp, "data"), 7);
	}

	private static Delivery delivery(String id, int partition, long offset, long timestamp, String data) {
		return new Delivery(data.getBytes(StandardCharsets.UTF_8), id, "sample", Integer.toString(partition),
				Long.toString(offset), Long.toString(timestamp));
	}

}
