package io.dapr.quickstarts.bindings.launcher.monitor;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** Tells the user that orders stand still, and that they go on. */
final class StandstillReport {

	private final String recovery;

	private final EventLog events;

	private final Consumer<String> say;

	private final Stillness guilt = new Stillness();

	private ServiceName told;

	private volatile Optional<Standstill> current = Optional.empty();

	/**
	 * Makes a report.
	 * @param recovery what to say when they go on
	 * @param events gets what is said
	 * @param say prints it
	 */
	StandstillReport(String recovery, EventLog events, Consumer<String> say) {
		this.recovery = recovery;
		this.events = events;
		this.say = say;
	}

	/**
	 * Takes what has been found. Another guilty service is told when it has been the
	 * guilty one for a while: after one fault, several may look so in turn.
	 * @param found what stands still now
	 * @param step the time since the last look
	 */
	void update(Optional<Standstill> found, Duration step) {
		this.current = found;
		if (found.isEmpty()) {
			if (this.told != null) {
				tell(Event.Kind.RECOVERED, this.recovery);
			}
			this.told = null;
			return;
		}
		var guilty = found.get().service();
		var isNew = this.guilt.look(guilty, step).compareTo(Stillness.LIMIT) >= 0 && guilty != this.told;
		if (this.told == null || isNew) {
			tell(Event.Kind.ERROR, found.get().sentence());
			this.told = guilty;
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
