package io.dapr.quickstarts.bindings.launcher.dashboard;

/** How a part is. */
enum PartState {

	/** It has not started yet, or has not said that it is ready. */
	STARTING,

	/** It does its work. */
	RUNNING,

	/** It was killed, has ended, or does not answer. */
	DOWN,

	/** It is there but does nothing. */
	FROZEN

}
