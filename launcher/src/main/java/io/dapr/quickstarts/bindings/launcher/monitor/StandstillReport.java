package io.dapr.quickstarts.bindings.launcher.monitor;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** Tells the user that orders stand still, and that they go on. */
final class StandstillReport {

	private final EventLog events;

	private final Consumer<String> say;

	private final StallTimer suspect = new StallTimer();

	private Standstill told;

	private volatile Optional<Standstill> current = Optional.empty();

	/**
	 * Makes a report.
	 * @param events gets what is said
	 * @param say prints it
	 */
	StandstillReport(EventLog events, Consumer<String> say) {
		this.events = events;
		this.say = say;
	}

	/**
	 * Takes what has been found. Another service is told when it has been the suspect for
	 * a while: after one fault, several may be so in turn.
	 * @param found what stands still now
	 * @param step the time since the last check
	 */
	void update(Optional<Standstill> found, Duration step) {
		this.current = found;
		if (found.isEmpty()) {
			if (this.told != null) {
				tell(Event.Kind.RECOVERED, this.told.recovery());
			}
			this.told = null;
			return;
		}
		var isSuspectLong = this.suspect.observe(found.get().service(), step).compareTo(StallTimer.LIMIT) >= 0;
		if (this.told == null || isSuspectLong && this.told.service() != found.get().service()) {
			tell(Event.Kind.ERROR, found.get().sentence());
			this.told = found.get();
		}
	}

	private void tell(Event.Kind kind, String text) {
		this.say.accept(text);
		this.events.add(kind, Character.toUpperCase(text.charAt(0)) + text.substring(1) + ".");
	}

	Optional<Standstill> current() {
		return this.current;
	}

}
