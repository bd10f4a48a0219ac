package io.dapr.quickstarts.bindings.producer;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;

import io.dapr.client.DaprClient;
import io.dapr.client.DaprClientBuilder;
import io.dapr.config.Properties;
import io.dapr.config.Property;

/**
 * The settings that this app reads itself. The Dapr SDK reads where the sidecar is, see
 * <a href=
 * "https://docs.dapr.io/developing-applications/sdks/java/java-client/java-client-properties/">its
 * properties</a>; this class checks them, since the SDK ignores a wrong port.
 *
 * @param interval the pause between two orders, 0 for none
 * @param orders how many orders to send, 0 for no end
 * @param ordersInFlight how many orders may wait for their acceptance at a time
 */
record Settings(Duration interval, long orders, int ordersInFlight) {

	/** At the end of a host:port or an address. */
	private static final Pattern PORT = Pattern.compile("[^:]:([0-9]+)(\\?.*)?$");

	/**
	 * Reads the settings.
	 * @param environment the environment variables
	 * @return the settings, with defaults for what is not set
	 * @throws InvalidException if a variable is wrong
	 */
	static Settings from(Map<String, String> environment) {
		wholeNumber(environment, Properties.HTTP_PORT.getEnvName(), 3500, 1, 65_535);
		wholeNumber(environment, Properties.GRPC_PORT.getEnvName(), 50_001, 1, 65_535);
		checkUrl(environment, Properties.HTTP_ENDPOINT.getEnvName());
		checkGrpcEndpoint(environment, Properties.GRPC_ENDPOINT.getEnvName());
		var interval = wholeNumber(environment, "ORDER_INTERVAL_MS", 1000, 0, 86_400_000);
		var orders = wholeNumber(environment, "ORDERS", 0, 0, 1_000_000_000_000_000L);
		return new Settings(Duration.ofMillis(interval), orders,
				(int) wholeNumber(environment, "ORDERS_IN_FLIGHT", 1, 1, 1000));
	}

	/**
	 * Makes a client for the sidecar.
	 * @return the client
	 * @throws InvalidException if the gRPC endpoint is wrong
	 */
	static DaprClient sidecar() {
		try {
			return new DaprClientBuilder().build();
		}
		catch (IllegalArgumentException ex) {
			throw wrongGrpcEndpoint(Properties.GRPC_ENDPOINT.getEnvName(), Properties.GRPC_ENDPOINT.get());
		}
	}

	/** Where the SDK looks for the sidecar's HTTP API. */
	static String httpEndpoint() {
		return endpoint(Properties.HTTP_ENDPOINT, "http://", Properties.HTTP_PORT);
	}

	/** Where the SDK looks for the sidecar's gRPC API. */
	static String grpcEndpoint() {
		return endpoint(Properties.GRPC_ENDPOINT, "", Properties.GRPC_PORT);
	}

	private static String endpoint(Property<String> endpoint, String scheme, Property<Integer> port) {
		var set = endpoint.get();
		return (set != null) ? set : scheme + Properties.SIDECAR_IP.get() + ":" + port.get();
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
		throw new InvalidException(
				"%s is \"%s\"; expected a whole number from %d to %d".formatted(name, text, least, most));
	}

	private static void checkUrl(Map<String, String> environment, String name) {
		var text = environment.getOrDefault(name, "");
		if (!text.isEmpty() && !isUrl(text)) {
			throw new InvalidException(
					"%s is \"%s\"; expected a URL such as http://127.0.0.1:3500".formatted(name, text));
		}
	}

	/** The SDK finds all that is wrong with it but a port that is too large. */
	private static void checkGrpcEndpoint(Map<String, String> environment, String name) {
		var text = environment.getOrDefault(name, "");
		var port = PORT.matcher(text);
		if (port.find() && (port.group(1).length() > 5 || Integer.parseInt(port.group(1)) > 65_535)) {
			throw wrongGrpcEndpoint(name, text);
		}
	}

	private static InvalidException wrongGrpcEndpoint(String name, String text) {
		return new InvalidException(
				"%s is \"%s\"; expected host:port or a URL such as http://127.0.0.1:50001".formatted(name, text));
	}

	private static boolean isUrl(String text) {
		try {
			var url = URI.create(text);
			return text.matches("https?://.+") && url.getHost() != null && url.getPort() <= 65_535;
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
	}

	/** Its message names the variable, its value and what was expected. */
	static final class InvalidException extends RuntimeException {

		private static final long serialVersionUID = 1L;

		InvalidException(String message) {
			super(message);
		}

	}

}
