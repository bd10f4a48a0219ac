package io.dapr.quickstarts.bindings.launcher.dashboard;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The page's buttons: what each does, and when it can't be pressed. Safe for several
 * threads.
 */
final class Faults implements AutoCloseable {

	/** How long a killed part stays down, so that one can see it. */
	static final Duration DOWN = Duration.ofSeconds(3);

	/** How many orders a burst has. */
	static final int BURST = 1000;

	private static final Duration POLL = Duration.ofMillis(250);

	/** How long a part may take to come back. */
	private static final Duration BACK_LIMIT = Duration.ofSeconds(90);

	private final Parts parts;

	private final Events events;

	private final Outcomes outcomes;

	private final Supplier<Optional<OwnOrders>> orders;

	private final Map<String, Action> actions = new LinkedHashMap<>();

	private final ScheduledExecutorService later = Executors.newScheduledThreadPool(4, (task) -> {
		var thread = new Thread(task, "page fault");
		thread.setDaemon(true);
		return thread;
	});

	private boolean allHaveRun;

	private boolean closed;

	Faults(Parts parts, Events events, Outcomes outcomes, Supplier<Optional<OwnOrders>> orders) {
		this.parts = parts;
		this.events = events;
		this.outcomes = outcomes;
		this.orders = orders;
		for (var name : PartName.values()) {
			this.actions.put("kill-" + name.id(), new Action(() -> whyNotKill(name), () -> kill(name)));
		}
		this.actions.put("freeze-consumer", new Action(this::whyNotFreeze, this::freeze));
		this.actions.put("continue-consumer", new Action(this::whyNotContinue, this::thaw));
		this.actions.put("burst", new Action(this::whyNotSend, this::burst));
		this.actions.put("unreadable", new Action(this::whyNotSend, this::unreadable));
	}

	/**
	 * Why each button can't be pressed now.
	 * @return the button's name and a sentence, which is empty where it can
	 */
	synchronized Map<String, String> refusals() {
		var refusals = new LinkedHashMap<String, String>();
		this.actions.forEach((name, action) -> refusals.put(name, whyNot(action)));
		return refusals;
	}

	/**
	 * Presses a button.
	 * @param name the button's name
	 * @return why it can't be pressed, empty if it was
	 * @throws IllegalArgumentException if there is no such button
	 */
	synchronized Optional<String> press(String name) {
		var action = this.actions.get(name);
		if (action == null) {
			throw new IllegalArgumentException("There is no button " + name);
		}
		var refusal = whyNot(action);
		if (!refusal.isEmpty()) {
			return Optional.of(refusal);
		}
		action.run().run();
		return Optional.empty();
	}

	private String whyNot(Action action) {
		if (this.closed) {
			return "The quickstart is being stopped.";
		}
		this.allHaveRun = this.allHaveRun
				|| this.parts.all().stream().allMatch((part) -> part.state() == PartState.RUNNING);
		return this.allHaveRun ? action.whyNot().get() : "Wait until all parts run.";
	}

	private String whyNotKill(PartName name) {
		var part = this.parts.get(name);
		if (part.state() == PartState.DOWN) {
			return "It is down already.";
		}
		if (name != PartName.KAFKA) {
			return "";
		}
		if (!part.canBeKilled()) {
			return "Kafka was not started by this launcher.";
		}
		if (part.state() == PartState.STARTING) {
			return "Wait until it runs.";
		}
		return isStarting(PartName.PRODUCER_SIDECAR) || isStarting(PartName.CONSUMER_SIDECAR)
				? "Wait until both sidecars run; one that starts needs Kafka." : "";
	}

	private boolean isStarting(PartName name) {
		return this.parts.is(name, PartState.STARTING);
	}

	private void kill(PartName name) {
		this.parts.get(name).kill();
		var title = name.title();
		this.events.add(Event.Kind.FAULT,
				"%s was killed; it is started again in %d s.".formatted(sentence(title), DOWN.toSeconds()));
		this.later.schedule(() -> restart(name), DOWN.toMillis(), TimeUnit.MILLISECONDS);
	}

	/** A sidecar that starts while Kafka is down would end at once. */
	private void restart(PartName name) {
		var needsKafka = name == PartName.PRODUCER_SIDECAR || name == PartName.CONSUMER_SIDECAR;
		try {
			if (needsKafka && !startWithKafka(this.parts.get(name))) {
				this.later.schedule(() -> restart(name), POLL.toMillis(), TimeUnit.MILLISECONDS);
				return;
			}
			if (!needsKafka) {
				this.parts.get(name).start();
			}
			awaitRunning(name, System.nanoTime() + BACK_LIMIT.toNanos());
		}
		catch (RuntimeException ex) {
			this.events.add(Event.Kind.BAD,
					"%s could not be started again: %s".formatted(sentence(name.title()), ex.getMessage()));
		}
	}

	/** Under the lock, so that Kafka is not killed in between. */
	private synchronized boolean startWithKafka(Part sidecar) {
		if (!this.parts.is(PartName.KAFKA, PartState.RUNNING)) {
			return false;
		}
		sidecar.start();
		return true;
	}

	private void awaitRunning(PartName name, long deadline) {
		var state = this.parts.get(name).state();
		var title = name.title();
		if (state == PartState.RUNNING) {
			this.events.add(Event.Kind.BACK, sentence(title) + " is back.");
			this.outcomes.await("the death of " + title);
		}
		else if (state == PartState.STARTING && System.nanoTime() < deadline) {
			this.later.schedule(() -> awaitRunning(name, deadline), POLL.toMillis(), TimeUnit.MILLISECONDS);
		}
		else if (state == PartState.STARTING) {
			this.events.add(Event.Kind.BAD,
					"%s has not come back within %d s.".formatted(sentence(title), BACK_LIMIT.toSeconds()));
		}
		// Else another fault has hit it, which tells its own end.
	}

	private String whyNotFreeze() {
		return this.parts.is(PartName.CONSUMER, PartState.RUNNING) ? "" : "The consumer does not run.";
	}

	private void freeze() {
		this.parts.get(PartName.CONSUMER).freeze();
		this.events.add(Event.Kind.FAULT, "The consumer is frozen: it is there, but does nothing. Let it continue.");
	}

	private String whyNotContinue() {
		return this.parts.is(PartName.CONSUMER, PartState.FROZEN) ? "" : "The consumer is not frozen.";
	}

	private void thaw() {
		this.parts.get(PartName.CONSUMER).thaw();
		this.events.add(Event.Kind.BACK, "The consumer continues.");
		this.outcomes.await("the freeze of the consumer");
	}

	private String whyNotSend() {
		return this.orders.get().isPresent() ? "" : "Kafka is not there yet.";
	}

	private void burst() {
		this.events.add(Event.Kind.FAULT, "A burst of %,d orders goes to Kafka.".formatted(BURST));
		this.later.execute(() -> this.orders.get().ifPresent((kafka) -> kafka.send(BURST).thenAccept(this::endBurst)));
	}

	private void endBurst(int confirmed) {
		if (confirmed < BURST) {
			this.events.add(Event.Kind.BAD,
					"Kafka did not confirm %,d orders of the burst.".formatted(BURST - confirmed));
		}
		this.outcomes.await("a burst of %,d orders".formatted(BURST));
	}

	private void unreadable() {
		this.later.execute(
				() -> this.orders.get().ifPresent((kafka) -> kafka.sendUnreadable().whenComplete((value, failure) -> {
					if (failure == null) {
						this.events.add(Event.Kind.FAULT,
								"Something unreadable went to Kafka (%s); it belongs to the dead letters."
									.formatted(value.isEmpty() ? "empty" : value));
						this.outcomes.await("something unreadable");
					}
					else {
						this.events.add(Event.Kind.BAD, "Kafka did not take what is unreadable.");
					}
				})));
	}

	private static String sentence(String title) {
		return Character.toUpperCase(title.charAt(0)) + title.substring(1);
	}

	/** After this nothing is started again. */
	@Override
	public void close() {
		synchronized (this) {
			this.closed = true;
		}
		this.later.shutdownNow();
		try {
			this.later.awaitTermination(5, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/** What a button does and why it can't be pressed, which is empty if it can. */
	private record Action(Supplier<String> whyNot, Runnable run) {
	}

}
