package io.dapr.quickstarts.bindings.producer;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;

import io.dapr.client.DaprClient;
import io.dapr.client.DaprClientBuilder;
import io.dapr.config.Properties;
import io.dapr.config.Property;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way to the sidecar. The Dapr SDK reads where it is, see <a href=
 * "https://docs.dapr.io/developing-applications/sdks/java/java-client/java-client-properties/">its
 * properties</a>; they are checked here, since the SDK ignores a wrong port.
 */
final class Sidecar {

	private static final Duration START_LIMIT = Duration.ofSeconds(60);

	/** At the end of a host:port or an address. */
	private static final Pattern PORT = Pattern.compile("[^:]:([0-9]+)(\\?.*)?$");

	private static final Logger log = LoggerFactory.getLogger(Sidecar.class);

	private Sidecar() {
	}

	/**
	 * Makes a client, and waits until the sidecar answers.
	 * @param environment the environment variables
	 * @return the client
	 * @throws Settings.InvalidException if a variable is wrong
	 * @throws UnavailableException if the sidecar does not answer within the limit
	 */
	static DaprClient connect(Map<String, String> environment) {
		check(environment);
		var client = client();
		log.info("Waiting for the Dapr sidecar at {} (HTTP) and {} (gRPC)",
				endpoint(Properties.HTTP_ENDPOINT, "http://", Properties.HTTP_PORT),
				endpoint(Properties.GRPC_ENDPOINT, "", Properties.GRPC_PORT));
		try {
			client.waitForSidecar((int) START_LIMIT.toMillis()).block();
			return client;
		}
		catch (RuntimeException ex) {
			if (Failure.isInterruption(ex)) {
				throw ex;
			}
			throw new UnavailableException("No Dapr sidecar answered within %d s; start this app with dapr run"
				.formatted(START_LIMIT.toSeconds()), ex);
		}
	}

	static void check(Map<String, String> environment) {
		Settings.wholeNumber(environment, Properties.HTTP_PORT.getEnvName(), 3500, 1, 65_535);
		Settings.wholeNumber(environment, Properties.GRPC_PORT.getEnvName(), 50_001, 1, 65_535);
		checkUrl(environment, Properties.HTTP_ENDPOINT.getEnvName());
		checkGrpcEndpoint(environment, Properties.GRPC_ENDPOINT.getEnvName());
	}

	private static DaprClient client() {
		try {
			return new DaprClientBuilder().build();
		}
		catch (IllegalArgumentException ex) {
			throw wrongGrpcEndpoint(Properties.GRPC_ENDPOINT.getEnvName(), Properties.GRPC_ENDPOINT.get());
		}
	}

	/** Where the SDK looks for one of the sidecar's APIs. */
	private static String endpoint(Property<String> endpoint, String scheme, Property<Integer> port) {
		var set = endpoint.get();
		return (set != null) ? set : scheme + Properties.SIDECAR_IP.get() + ":" + port.get();
	}

	private static void checkUrl(Map<String, String> environment, String name) {
		var text = environment.getOrDefault(name, "");
		if (!text.isEmpty() && !isUrl(text)) {
			throw new Settings.InvalidException(
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

	private static Settings.InvalidException wrongGrpcEndpoint(String name, String text) {
		return new Settings.InvalidException(
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

	/** The sidecar did not answer in time. */
	static final class UnavailableException extends RuntimeException {

		private static final long serialVersionUID = 1L;

		UnavailableException(String message, Throwable cause) {
			super(message, cause);
		}

	}

}
