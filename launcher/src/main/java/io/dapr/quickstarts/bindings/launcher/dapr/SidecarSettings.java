package io.dapr.quickstarts.bindings.launcher.dapr;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a sidecar behaves, wherever it runs. {@link #STANDARD} is what the launcher and the
 * tests start; dapr.yaml and the annotations in deploy/ say the same, or why not. There
 * is no app health check: the component's retry and the delivery timeout do its work, and
 * when health flips back quickly, daprd 1.18.1 can stop reading for good.
 *
 * @param blockShutdown how long a sidecar that is asked to end still takes calls of its
 * app, after the delivery in hand has ended
 * @param gracefulShutdown how long it may then take to commit its offsets, leave the
 * consumer group and end
 * @param environment variables of the sidecar's process
 */
public record SidecarSettings(Duration blockShutdown, Duration gracefulShutdown, Map<String, String> environment) {

	/** Both apps' sidecars. */
	public static final SidecarSettings STANDARD = new SidecarSettings(Duration.ofSeconds(1), Duration.ofSeconds(10),
			Map.of());

	public SidecarSettings {
		environment = Map.copyOf(environment);
	}

	/**
	 * The settings that daprd takes on its command line.
	 * @return each option, without its dashes, and its value
	 */
	public Map<String, String> options() {
		var options = new LinkedHashMap<String, String>();
		options.put("dapr-block-shutdown-duration", this.blockShutdown.toMillis() + "ms");
		options.put("dapr-graceful-shutdown-seconds", Long.toString(this.gracefulShutdown.toSeconds()));
		return options;
	}

	/**
	 * The same with variables for the sidecar's process.
	 * @param environment the variables, such as {@code GOMAXPROCS}
	 */
	public SidecarSettings withEnvironment(Map<String, String> environment) {
		return new SidecarSettings(this.blockShutdown, this.gracefulShutdown, environment);
	}

}
