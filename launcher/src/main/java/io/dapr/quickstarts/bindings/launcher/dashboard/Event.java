package io.dapr.quickstarts.bindings.launcher.dashboard;

/**
 * Something that happened, in words.
 *
 * @param time when, in milliseconds since 1970
 * @param kind what sort of thing
 * @param text a sentence for the user
 */
record Event(long time, Kind kind, String text) {

	/** The sorts of things that happen. */
	enum Kind {

		/** A button was pressed and broke or sent something. */
		FAULT,

		/** A part is back. */
		BACK,

		/** After a fault nothing was lost. */
		GOOD,

		/** Something is lost, or did not come back. */
		BAD

	}

}
