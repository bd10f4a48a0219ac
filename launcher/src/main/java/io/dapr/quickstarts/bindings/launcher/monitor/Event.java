package io.dapr.quickstarts.bindings.launcher.monitor;

/**
 * Something that happened, in words.
 *
 * @param time when, in milliseconds since 1970
 * @param kind what sort of thing
 * @param text a sentence for the user
 */
public record Event(long time, Kind kind, String text) {

	/** The sorts of things that happen. */
	public enum Kind {

		/** A button was pressed and broke or sent something. */
		FAULT,

		/** Something works again. */
		RECOVERED,

		/** After a fault nothing was lost. */
		OK,

		/** Something is lost, stands still, or did not come back. */
		ERROR

	}

}
