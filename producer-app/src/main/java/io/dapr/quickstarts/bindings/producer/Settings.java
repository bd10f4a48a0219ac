package io.dapr.quickstarts.bindings.producer;

import java.time.Duration;
import java.util.Map;

/**
 * The settings of this app.
 *
 * @param interval the pause between two orders, 0 for none
 * @param orders how many orders to send, 0 for no end
 * @param ordersInFlight how many orders may wait for their acceptance at a time
 */
record Settings(Duration interval, long orders, int ordersInFlight) {

	/**
	 * Reads the settings.
	 * @param environment the environment variables
	 * @return the settings, with defaults for what is not set
	 * @throws InvalidException if a variable is wrong
	 */
	static Settings from(Map<String, String> environment) {
		return new Settings(Duration.ofMillis(wholeNumber(environment, "ORDER_INTERVAL_MS", 1000, 0, 86_400_000)),
				wholeNumber(environment, "ORDERS", 0, 0, 1_000_000_000_000_000L),
				(int) wholeNumber(environment, "ORDERS_IN_FLIGHT", 1, 1, 1000));
	}

	/**
	 * Reads a whole number.
	 * @param environment the environment variables
	 * @param name the variable
	 * @param byDefault the number if it is not set or empty
	 * @param least the least that is allowed
	 * @param most the most that is allowed
	 * @return the number
	 * @throws InvalidException if it is none, or out of range
	 */
	static long wholeNumber(Map<String, String> environment, String name, long byDefault, long least, long most) {
		var text = environment.get(name);
		if (text == null || text.isEmpty()) {
			return byDefault;
		}
		if (text.matches("[0-9]{1,18}")) {
			var number = Long.parseLong(text);
			if (number >= least && number <= most) {
				return number;
			}
		}
		throw new InvalidException(
				"%s is \"%s\"; expected a whole number from %d to %d".formatted(name, text, least, most));
	}

	/** Its message names the variable, its value and what was expected. */
	static final class InvalidException extends RuntimeException {

		private static final long serialVersionUID = 1L;

		InvalidException(String message) {
			super(message);
		}

	}

}
