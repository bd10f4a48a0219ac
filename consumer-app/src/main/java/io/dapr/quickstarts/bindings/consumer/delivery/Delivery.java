package io.dapr.quickstarts.bindings.consumer.delivery;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import org.apache.commons.codec.digest.DigestUtils;

import org.springframework.http.HttpHeaders;

/**
 * What the sidecar delivers: a record of the topic.
 *
 * @param data the record's value as it came
 * @param messageId the producer's id of the message, null if it gave none
 * @param topic where the record lies in Kafka, null if the sidecar did not say
 * @param partition see topic
 * @param offset see topic
 * @param timestamp when it was written, in milliseconds since 1970; null as topic
 */
public record Delivery(byte[] data, String messageId, String topic, String partition, String offset, String timestamp) {

	private static final int LONGEST_ID = 128;

	public static Delivery of(byte[] body, HttpHeaders headers) {
		return new Delivery((body != null) ? body : new byte[0], messageId(headers.getFirst("message-id")),
				headers.getFirst("__topic"), headers.getFirst("__partition"), headers.getFirst("__offset"),
				headers.getFirst("__timestamp"));
	}

	/** An id as large as a record would fill the memory and the log. */
	private static String messageId(String id) {
		return (id != null && id.length() > LONGEST_ID) ? DigestUtils.sha256Hex(id) : id;
	}

	/**
	 * The time since the producer's sidecar wrote the record, empty if the sidecar did
	 * not say.
	 */
	public Optional<Duration> age() {
		try {
			var written = Instant.ofEpochMilli(Long.parseLong(this.timestamp));
			return Optional.of(Duration.between(written, Instant.now()));
		}
		catch (NumberFormatException | DateTimeException | ArithmeticException ex) {
			return Optional.empty();
		}
	}

	@Override
	public String toString() {
		return "the record at offset %s of partition %s of %s".formatted(this.offset, this.partition, this.topic);
	}

}
