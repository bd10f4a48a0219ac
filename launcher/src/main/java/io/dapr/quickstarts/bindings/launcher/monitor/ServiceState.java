package io.dapr.quickstarts.bindings.launcher.monitor;

/** How a service is. */
public enum ServiceState {

	/** It has not answered since its start. */
	STARTING("is starting"),

	/** It answers. */
	RUNNING("is running"),

	/** It has answered before, and does not now. */
	NOT_RESPONDING("does not respond"),

	/** It was killed or has ended. */
	DOWN("is down"),

	/** It was frozen by the fault injector. */
	FROZEN("is frozen");

	private final String predicate;

	ServiceState(String predicate) {
		this.predicate = predicate;
	}

	String predicate() {
		return this.predicate;
	}

}
