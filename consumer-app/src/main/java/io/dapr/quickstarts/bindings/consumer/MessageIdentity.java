package io.dapr.quickstarts.bindings.consumer;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;

import jakarta.servlet.http.HttpServletRequest;

/**
 * What tells a message from all others: its number in a sequence in which each message
 * has a higher number than the one before.
 *
 * @param source who sent it: a run of the producer or, where none is named, the partition
 * that it came by
 * @param sequence names the sequence, in letters, digits and hyphens
 * @param number its number there
 */
record MessageIdentity(String source, String sequence, long number) {

	/**
	 * The message id of a producer that sends one message after the other: its run id and
	 * the message's number in that run.
	 */
	private static final Pattern NUMBERED = Pattern.compile("([0-9a-f]{12})-([1-9][0-9]{0,17})");

	/**
	 * Reads it off a delivery. A message with another id, or without one, is a sequence
	 * of its own: known by that id, or by the place and time of its record in Kafka,
	 * which are the same when the record is delivered again, and others in a topic that
	 * was deleted and created again.
	 * @param delivery the sidecar's request
	 * @return the identity
	 */
	static MessageIdentity of(HttpServletRequest delivery) {
		var partition = delivery.getHeader("__topic") + "-" + delivery.getHeader("__partition");
		var id = Objects.requireNonNullElse(delivery.getHeader("message-id"), "");
		var numbered = NUMBERED.matcher(id);
		if (numbered.matches()) {
			// A run's numbers grow within each partition, not over all of them.
			var run = numbered.group(1);
			return new MessageIdentity(run, run + "-" + partition, Long.parseLong(numbered.group(2)));
		}
		// A hash, since an id may be longer than a key and hold what a key may not.
		var name = id.isEmpty() ? place(partition, delivery) : id;
		return new MessageIdentity(partition, UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString(),
				1);
	}

	private static String place(String partition, HttpServletRequest delivery) {
		var offset = delivery.getHeader("__offset");
		// Without one it was posted by hand, and is always new.
		return (offset != null) ? partition + "-" + offset + "-" + delivery.getHeader("__timestamp")
				: UUID.randomUUID().toString();
	}

}
