package io.dapr.quickstarts.bindings.launcher.trace;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The OpenTelemetry Java agent. It gives an app spans of its own, and the app knows
 * nothing of it.
 *
 * @param jar where it lies
 * @param exporter the variables that say where spans go
 * @see <a href="https://opentelemetry.io/docs/zero-code/java/agent/">OpenTelemetry's
 * documentation</a>
 */
public record TraceAgent(Path jar, Map<String, String> exporter) {

	/**
	 * Loads the agent into an app.
	 * @return the JVM's options
	 */
	public List<String> options() {
		// The JVM would warn that it can't share the app's classes beside an agent.
		return List.of("-Xshare:off", "-javaagent:" + this.jar);
	}

	/**
	 * Sets the agent up for an app that continues the traces of its callers and begins
	 * none: a probe is no trace.
	 * @param app the app's id, as the sidecar's spans have it
	 * @return environment variables
	 */
	public Map<String, String> environment(String app) {
		var environment = new HashMap<>(this.exporter);
		environment.putAll(Map.of("OTEL_SERVICE_NAME", app, "OTEL_TRACES_SAMPLER", "parentbased_always_off",
				"OTEL_METRICS_EXPORTER", "none", "OTEL_LOGS_EXPORTER", "none"));
		return environment;
	}

}
