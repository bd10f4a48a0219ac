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
 * app, after the delivery in progress has ended; whole seconds
 * @param gracefulShutdown how long it may then take to commit its offsets, leave the
 * consumer group and end
 * @param environment variables of the sidecar's process
 */
public record SidecarSettings(Duration blockShutdown, Duration gracefulShutdown, Map<String, String> environment) {

	/**
	 * Both apps' sidecars. The consumer's stops reading at once and waits for the
	 * delivery in progress, dead letter included, before the block begins: a longer one
	 * only keeps the next consumer waiting.
	 */
	public static final SidecarSettings STANDARD = new SidecarSettings(Duration.ofSeconds(1), Duration.ofSeconds(10),
			Map.of());

	/** As in components/resiliency.yaml. */
	private static final Duration DELIVERY_LIMIT = Duration.ofSeconds(5);

	public SidecarSettings {
		environment = Map.copyOf(environment);
	}

	/**
	 * The settings that daprd takes on its command line.
	 * @return each option, without its dashes, and its value
	 */
	public Map<String, String> options() {
		var options = new LinkedHashMap<String, String>();
		options.put("dapr-block-shutdown-duration", this.blockShutdown.toSeconds() + "s");
		options.put("dapr-graceful-shutdown-seconds", Long.toString(this.gracefulShutdown.toSeconds()));
		return options;
	}

	/**
	 * How long a sidecar may take to end.
	 * @return its own limits, after that of the delivery in progress
	 */
	public Duration stopLimit() {
		return DELIVERY_LIMIT.plus(this.blockShutdown).plus(this.gracefulShutdown);
	}

	/**
	 * The same with variables for the sidecar's process.
	 * @param environment the variables, such as {@code GOMAXPROCS}
	 */
	public SidecarSettings withEnvironment(Map<String, String> environment) {
		return new SidecarSettings(this.blockShutdown, this.gracefulShutdown, environment);
	}

}
