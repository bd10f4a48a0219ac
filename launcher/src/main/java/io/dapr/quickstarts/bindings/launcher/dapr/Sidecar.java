package io.dapr.quickstarts.bindings.launcher.dapr;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.dapr.quickstarts.bindings.launcher.process.ChildEnvironment;
import io.dapr.quickstarts.bindings.launcher.process.FreePorts;
import io.dapr.quickstarts.bindings.launcher.process.ManagedProcess;

/**
 * A Dapr sidecar: a real daprd beside one app, at ports that stay the same when it is
 * started again.
 *
 * @see <a href="https://docs.dapr.io/reference/arguments-annotations-overview/">daprd's
 * arguments</a>
 */
public final class Sidecar {

	private static final HttpClient HTTP = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();

	/** What daprd says when it gives up. */
	private static final Pattern FATAL = Pattern
		.compile(" level=fatal msg=\"(?:Fatal error from runtime: )?(.*)\" app_id=");

	private static final ChildEnvironment ENVIRONMENT = ChildEnvironment
		// How much of the machine it may use, and whom it trusts.
		.local("GOMAXPROCS", "GOMEMLIMIT", "SSL_CERT_FILE", "SSL_CERT_DIR")
		// It would look for an address other than loopback, which a machine without a
		// network has not.
		.with(Map.of("DAPR_HOST_IP", "127.0.0.1"));

	private final int httpPort = FreePorts.any();

	private final int grpcPort = FreePorts.any();

	private final int metricsPort = FreePorts.any();

	private final ManagedProcess process;

	/**
	 * Describes a sidecar with the standard settings; it does not run yet.
	 * @param daprd the program
	 * @param appId the app's id
	 * @param appPort where the app listens, empty if it only calls
	 * @param resources the folder with the component files
	 * @param configurations the files with Dapr's Configuration
	 * @param log the file for what it prints
	 * @param lines is given each line that it prints
	 */
	public Sidecar(Path daprd, String appId, OptionalInt appPort, Path resources, List<Path> configurations, Path log,
			Consumer<String> lines) {
		this(SidecarSettings.STANDARD, daprd, appId, appPort, resources, configurations, log, lines);
	}

	/**
	 * Describes a sidecar; it does not run yet.
	 * @param settings how it behaves
	 * @param daprd the program
	 * @param appId the app's id
	 * @param appPort where the app listens, empty if it only calls
	 * @param resources the folder with the component files
	 * @param configurations the files with Dapr's Configuration
	 * @param log the file for what it prints
	 * @param lines is given each line that it prints
	 */
	public Sidecar(SidecarSettings settings, Path daprd, String appId, OptionalInt appPort, Path resources,
			List<Path> configurations, Path log, Consumer<String> lines) {
		this.process = new ManagedProcess(appId + "'s sidecar",
				command(settings, daprd, appId, appPort, resources, configurations),
				ENVIRONMENT.with(settings.environment()), log, lines);
	}

	private List<String> command(SidecarSettings settings, Path daprd, String appId, OptionalInt appPort,
			Path resources, List<Path> configurations) {
		var command = new ArrayList<>(List.of(daprd.toString(), "--app-id", appId, "--resources-path",
				resources.toString(), "--dapr-http-port", port(this.httpPort), "--dapr-grpc-port", port(this.grpcPort),
				"--dapr-internal-grpc-port", port(FreePorts.any()), "--metrics-port", port(this.metricsPort),
				"--dapr-listen-addresses", "127.0.0.1", "--metrics-listen-address", "127.0.0.1",
				"--dapr-internal-grpc-listen-address", "127.0.0.1",
				// There are no actors and no jobs; daprd would look for their services
				// twice a second.
				"--placement-host-address", "", "--scheduler-host-address", ""));
		settings.options().forEach((name, value) -> command.addAll(List.of("--" + name, value)));
		appPort.ifPresent((port) -> command.addAll(List.of("--app-port", port(port))));
		configurations.forEach((file) -> command.addAll(List.of("--config", file.toString())));
		return command;
	}

	private static String port(int port) {
		return Integer.toString(port);
	}

	/**
	 * Waits until the sidecar takes calls.
	 * @param limit how long to wait
	 * @throws IllegalStateException if it does not, or has ended
	 */
	public void awaitReady(Duration limit) {
		var health = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + this.httpPort + "/v1.0/healthz/outbound"))
			.timeout(Duration.ofSeconds(1))
			.build();
		this.process.await("answers", limit, () -> isHealthy(health));
	}

	private static boolean isHealthy(HttpRequest health) throws IOException, InterruptedException {
		return HTTP.send(health, HttpResponse.BodyHandlers.discarding()).statusCode() == 204;
	}

	/**
	 * Finds out why a sidecar has ended by itself.
	 * @param lines what it printed last
	 * @return the reason in daprd's own words, empty if it gave none
	 */
	public static Optional<String> fatalError(List<String> lines) {
		return lines.stream()
			.map(FATAL::matcher)
			.filter(Matcher::find)
			.map((words) -> words.group(1).replace("\\n", " ").replace("\\", ""))
			.findFirst();
	}

	/**
	 * What an app needs to find this sidecar.
	 * @return environment variables, the same as {@code dapr run} sets
	 */
	public Map<String, String> environment() {
		return Map.of("DAPR_HTTP_PORT", port(this.httpPort), "DAPR_GRPC_PORT", port(this.grpcPort));
	}

	/**
	 * Where it tells that it is up.
	 * @return an address that answers with an error while it is not
	 */
	public URI health() {
		return URI.create("http://127.0.0.1:" + this.httpPort + "/v1.0/healthz");
	}

	/**
	 * Where Prometheus reads its metrics.
	 * @return the address
	 */
	public URI metrics() {
		return URI.create("http://127.0.0.1:" + this.metricsPort + "/metrics");
	}

	/**
	 * The port of its HTTP API.
	 * @return the port, the same after each start
	 */
	public int httpPort() {
		return this.httpPort;
	}

	public ManagedProcess process() {
		return this.process;
	}

}
