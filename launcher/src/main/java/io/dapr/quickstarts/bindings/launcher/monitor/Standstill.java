package io.dapr.quickstarts.bindings.launcher.monitor;

/**
 * Orders that stand still.
 *
 * @param service the service that is suspected
 * @param reason what is wrong with it, to follow its name: "does not respond"
 * @param effect what does not happen, a clause: "no order has been delivered for 15 s"
 * @param recovery what to say when it is over, a clause: "orders are delivered again"
 */
public record Standstill(ServiceName service, String reason, String effect, String recovery) {

	String sentence() {
		return this.effect + ": " + this.service.title() + " " + this.reason;
	}

	/**
	 * Explains it beside the service's name.
	 * @return such as "does not respond; no order has been delivered for 15 s"
	 */
	public String explanation() {
		return this.reason + "; " + this.effect;
	}

}
