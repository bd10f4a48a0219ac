package io.dapr.quickstarts.bindings.launcher.orders;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The identity of an order, which travels in Kafka's header {@code message-id} and stands
 * in each line that the consumer logs about the order.
 *
 * @param run the worker or the burst that sent it, 12 hexadecimal digits
 * @param order its number in this run, from 1
 */
public record MessageId(String run, long order) {

	private static final Pattern TEXT = Pattern.compile("\\b([0-9a-f]{12})-(\\d{1,18})\\b");

	/**
	 * Makes the id of a new run.
	 * @return 12 random hexadecimal digits
	 */
	public static String newRun() {
		return HexFormat.of().toHexDigits(new SecureRandom().nextLong(), 12);
	}

	/**
	 * Finds the message id of an order in a line of a log, wherever the log's format has
	 * it.
	 * @param order the number that the line tells
	 */
	static Optional<MessageId> find(String line, long order) {
		return TEXT.matcher(line)
			.results()
			.map((id) -> new MessageId(id.group(1), Long.parseLong(id.group(2))))
			.filter((id) -> id.order() == order)
			.findFirst();
	}

	@Override
	public String toString() {
		return this.run + "-" + this.order;
	}

}
