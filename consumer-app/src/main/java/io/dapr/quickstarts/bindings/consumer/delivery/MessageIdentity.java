package io.dapr.quickstarts.bindings.consumer.delivery;

import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;

import org.apache.commons.codec.digest.DigestUtils;

/**
 * What tells a message from all others: its number in a sequence in which each message
 * has a higher number than the one before.
 *
 * @param source who sent it: a run of the producer or, where none is named, the partition
 * that it came by
 * @param sequence names the sequence, in characters that a key may have
 * @param number its number there
 */
public record MessageIdentity(String source, String sequence, long number) {

	/**
	 * The message id of a producer that sends one order after the other: its run id and
	 * the order's number. A producer with several orders in flight under one run id must
	 * use ids of another form.
	 */
	private static final Pattern NUMBERED = Pattern.compile("([0-9a-f]{12})-([1-9][0-9]{0,17})");

	/**
	 * Derives the identity of a delivered message. A message with another id, or without
	 * one, is a sequence of its own. It is known by that id and its data, or by the place
	 * and time of its record in Kafka: these are the same when the record is delivered
	 * again, and others in a topic that was deleted and created again.
	 * @param delivery what the sidecar delivers
	 * @param number the number of the order in it
	 * @return the identity
	 */
	public static MessageIdentity of(Delivery delivery, long number) {
		var topicPartition = delivery.topic() + "-" + delivery.partition();
		var id = Objects.requireNonNullElse(delivery.messageId(), "");
		var numbered = NUMBERED.matcher(id);
		if (numbered.matches() && Long.parseLong(numbered.group(2)) == number) {
			// A run's numbers grow within each partition, not over all of them.
			var run = numbered.group(1);
			return new MessageIdentity(run, run + "-" + topicPartition, number);
		}
		var name = id.isEmpty() ? place(topicPartition, delivery) : id + " " + DigestUtils.sha256Hex(delivery.data());
		return new MessageIdentity(topicPartition, DigestUtils.sha256Hex(name), 1);
	}

	private static String place(String topicPartition, Delivery delivery) {
		// Without an offset it was posted by hand, and always counts as new.
		return (delivery.offset() != null) ? topicPartition + "-" + delivery.offset() + "-" + delivery.timestamp()
				: UUID.randomUUID().toString();
	}

}
