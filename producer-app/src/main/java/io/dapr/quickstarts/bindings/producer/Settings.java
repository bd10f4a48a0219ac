package io.dapr.quickstarts.bindings.producer;

import java.time.Duration;
import java.util.Map;

/**
 * The settings that this app reads itself; the Dapr SDK reads the rest, see <a href=
 * "https://docs.dapr.io/developing-applications/sdks/java/java-client/java-client-properties/">its
 * properties</a>.
 *
 * @param interval the pause between two orders, 0 for none
 * @param orders how many orders to send, 0 for no end
 * @param sidecarHttpPort the port of the sidecar's HTTP API, 1 to 65535
 * @param sidecarGrpcPort the port of the sidecar's gRPC API, 1 to 65535
 */
record Settings(Duration interval, long orders, int sidecarHttpPort, int sidecarGrpcPort) {

	/**
	 * Reads the settings.
	 * @param environment the environment variables
	 * @return the settings, with defaults for what is not set
	 * @throws IllegalArgumentException if a variable is not in its range; the message
	 * names it, its value and the range
	 */
	static Settings from(Map<String, String> environment) {
		var interval = wholeNumber(environment, "ORDER_INTERVAL_MS", 1000, 0, 86_400_000);
		return new Settings(Duration.ofMillis(interval),
				wholeNumber(environment, "ORDERS", 0, 0, 1_000_000_000_000_000L),
				(int) wholeNumber(environment, "DAPR_HTTP_PORT", 3500, 1, 65_535),
				(int) wholeNumber(environment, "DAPR_GRPC_PORT", 50_001, 1, 65_535));
	}

	private static long wholeNumber(Map<String, String> environment, String name, long byDefault, long least,
			long most) {
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
		throw new IllegalArgumentException(
				"%s is \"%s\"; expected a whole number from %d to %d".formatted(name, text, least, most));
	}

}
