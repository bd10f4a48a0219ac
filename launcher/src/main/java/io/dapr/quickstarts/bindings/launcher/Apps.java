package io.dapr.quickstarts.bindings.launcher;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

import io.dapr.quickstarts.bindings.launcher.process.ChildEnvironment;
import io.dapr.quickstarts.bindings.launcher.process.JavaCommand;
import io.dapr.quickstarts.bindings.launcher.process.ManagedProcess;
import io.dapr.quickstarts.bindings.launcher.trace.TraceAgent;

/** The two apps, started from their jars as a user would. */
public final class Apps {

	/** The consumer's module and app id. */
	public static final String CONSUMER = "consumer-app";

	/** The producer's module and app id. */
	public static final String PRODUCER = "producer-app";

	/** How long the apps may take to stop; they promise 5 s. */
	public static final Duration STOP_LIMIT = Duration.ofSeconds(7);

	private final Project project;

	private final Path logs;

	private final Optional<TraceAgent> agent;

	/**
	 * Prepares the start of the apps.
	 * @param project the checkout with their jars
	 * @param logs the folder for what they print
	 * @param agent traces the consumer, if given
	 */
	public Apps(Project project, Path logs, Optional<TraceAgent> agent) {
		this.project = project;
		this.logs = logs;
		this.agent = agent;
	}

	/**
	 * Describes the consumer.
	 * @param port where it will listen
	 * @param sidecar what {@code Sidecar.environment()} gives
	 * @param lines is given each line that it prints
	 * @return the process, not started
	 */
	public ManagedProcess consumer(int port, Map<String, String> sidecar, Consumer<String> lines) {
		var environment = new HashMap<>(sidecar);
		environment.put("APP_PORT", Integer.toString(port));
		// By the message id the launcher recognises an order in the consumer's log,
		// whatever application.yaml says.
		environment.put("APP_LOGGING_PATTERN_CORRELATION", "[%X{messageId:-}] ");
		// With the beans as the build has prepared them.
		var options = new ArrayList<>(List.of("-Dspring.aot.enabled=true"));
		this.agent.ifPresent((agent) -> {
			environment.putAll(agent.environment(CONSUMER));
			options.addAll(agent.options());
		});
		return app(CONSUMER, options, environment, lines);
	}

	/**
	 * Describes the producer.
	 * @param orders how many orders it sends, 0 for no end
	 * @param interval the pause after each
	 * @param sidecar what {@code Sidecar.environment()} gives
	 * @param lines is given each line that it prints
	 * @return the process, not started
	 */
	public ManagedProcess producer(long orders, Duration interval, Map<String, String> sidecar,
			Consumer<String> lines) {
		var environment = new HashMap<>(sidecar);
		environment.put("ORDERS", Long.toString(orders));
		environment.put("ORDER_INTERVAL_MS", Long.toString(interval.toMillis()));
		return app(PRODUCER, List.of(), environment, lines);
	}

	private ManagedProcess app(String app, List<String> options, Map<String, String> environment,
			Consumer<String> lines) {
		var arguments = new ArrayList<>(options);
		if (Runtime.version().feature() >= 24) {
			// Protobuf, in the Dapr SDK, uses Unsafe, of which the JVM would warn.
			arguments.add("--sun-misc-unsafe-memory-access=allow");
		}
		// A short life: quick to start rather than fast. The folder is where Jetty leaves
		// its own when it is killed.
		arguments.addAll(List.of("-XX:TieredStopAtLevel=1", "-Djava.io.tmpdir=" + this.logs, "-jar",
				this.project.jar(app).toString()));
		return new ManagedProcess(app, JavaCommand.of(app, arguments.toArray(String[]::new)),
				ChildEnvironment.local().with(environment), this.logs.resolve(app + ".log"), lines);
	}

}
