package io.dapr.quickstarts.bindings.launcher.trace;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import io.dapr.quickstarts.bindings.launcher.process.ChildEnvironment;
import io.dapr.quickstarts.bindings.launcher.process.FreePorts;
import io.dapr.quickstarts.bindings.launcher.process.JavaCommand;
import io.dapr.quickstarts.bindings.launcher.process.ManagedProcess;

/**
 * A real Zipkin server that collects the sidecars' traces and shows them in a browser. It
 * keeps them in memory and listens at the loopback address alone.
 *
 * @see <a href="https://zipkin.io">Zipkin</a>
 */
public final class Zipkin {

	private static final Duration START_LIMIT = Duration.ofSeconds(90);

	private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

	private final int port = FreePorts.preferably(9411);

	private final TraceJars jars;

	private final Path folder;

	private final ManagedProcess process;

	/**
	 * Describes a server; it does not run yet.
	 * @param home the folder of the checkout
	 * @param folder where its log goes
	 */
	public Zipkin(Path home, Path folder) {
		this.jars = new TraceJars(home);
		this.folder = folder;
		this.process = new ManagedProcess("Zipkin",
				JavaCommand.of("zipkin", "-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
						"-Darmeria.ports[0].ip=127.0.0.1", "-Darmeria.ports[0].port=" + this.port,
						"-Darmeria.ports[0].protocols[0]=HTTP", "-jar", this.jars.zipkin().toString()),
				ChildEnvironment.local().with(Map.of("MEM_MAX_SPANS", "50000")), folder.resolve("zipkin.log"),
				(line) -> {
				});
	}

	/**
	 * Fetches what is not there yet of the server and the agent.
	 * @throws IllegalStateException if it can't be fetched
	 */
	public void fetch() {
		this.jars.fetch(this.folder.resolve("trace-download.log"));
		try {
			Files.createSymbolicLink(link(), this.jars.agent().toAbsolutePath());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** The path of an agent may hold neither "=" nor "!"; that of the checkout may. */
	private Path link() {
		return this.folder.resolve("opentelemetry-javaagent.jar");
	}

	/**
	 * Starts the server, which was fetched, and waits until it answers.
	 * @throws IllegalStateException if it does not
	 */
	public void start() {
		this.process.start();
		var health = HttpRequest.newBuilder(URI.create(address() + "/health")).timeout(Duration.ofSeconds(2)).build();
		var http = HttpClient.newHttpClient();
		this.process.await("answers at " + address(), START_LIMIT,
				() -> http.send(health, HttpResponse.BodyHandlers.discarding()).statusCode() == 200);
	}

	/** Stops the server; its traces are gone. */
	public void stop() {
		this.process.stop(STOP_LIMIT);
	}

	/**
	 * Where a browser finds the traces.
	 * @return the address
	 */
	public String address() {
		return "http://127.0.0.1:" + this.port;
	}

	/**
	 * Writes the sidecars' configuration: the committed one, with this server's address.
	 * @return its file
	 */
	public Path writeConfiguration() {
		try {
			var committed = Files.readString(this.jars.home().resolve("config").resolve("tracing.yaml"));
			return Files.writeString(this.folder.resolve("tracing.yaml"),
					committed.replaceFirst("endpointAddress: .*", "endpointAddress: " + spans()));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * An agent that sends an app's spans here, by the protocol of the sidecars.
	 * @return the agent
	 */
	public TraceAgent agent() {
		// The exporter is deprecated; 2.28 still has it.
		return new TraceAgent(link(),
				Map.of("OTEL_TRACES_EXPORTER", "zipkin", "OTEL_EXPORTER_ZIPKIN_ENDPOINT", spans()));
	}

	private String spans() {
		return address() + "/api/v2/spans";
	}

	public ManagedProcess process() {
		return this.process;
	}

}
