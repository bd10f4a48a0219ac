package io.dapr.quickstarts.bindings.launcher.dashboard;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.dapr.quickstarts.bindings.launcher.monitor.Event;
import io.dapr.quickstarts.bindings.launcher.monitor.EventLog;
import io.dapr.quickstarts.bindings.launcher.monitor.Service;
import io.dapr.quickstarts.bindings.launcher.monitor.ServiceName;
import io.dapr.quickstarts.bindings.launcher.monitor.ServiceState;
import io.dapr.quickstarts.bindings.launcher.monitor.Services;
import io.dapr.quickstarts.bindings.launcher.process.Background;
import io.dapr.quickstarts.bindings.launcher.process.Wait;

/**
 * The actions behind the dashboard's buttons, and why they can't be taken now. Safe for
 * several threads.
 */
final class FaultInjector implements AutoCloseable {

	/** How long a killed service stays down, so that one can see it. */
	static final Duration DOWN = Duration.ofSeconds(3);

	/** How many orders a burst has. */
	private static final int BURST = 1000;

	private static final Duration RECOVERY_LIMIT = Duration.ofSeconds(90);

	private static final long REPORT_PERIOD_MS = 500;

	private final Services services;

	private final EventLog events;

	private final FaultReports reports;

	private final Supplier<Optional<LoadGenerator>> load;

	private final Map<String, Action> actions = new LinkedHashMap<>();

	/** A restart holds a thread until the service is running. */
	private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(10,
			(task) -> Background.thread("fault injector", task));

	private boolean allHaveRun;

	private boolean closed;

	FaultInjector(Services services, EventLog events, FaultReports reports, Supplier<Optional<LoadGenerator>> load) {
		this.services = services;
		this.events = events;
		this.reports = reports;
		this.load = load;
		for (var service : services.all()) {
			this.actions.put("kill-" + service.name().id(), new Action(() -> refuseKill(service), () -> kill(service)));
		}
		var consumer = services.get(ServiceName.CONSUMER);
		this.actions.put("freeze-consumer",
				new Action(() -> consumer.isIn(ServiceState.RUNNING) ? "" : "The consumer is not running.",
						() -> freeze(consumer)));
		this.actions.put("continue-consumer", new Action(
				() -> consumer.isIn(ServiceState.FROZEN) ? "" : "The consumer is not frozen.", () -> thaw(consumer)));
		this.actions.put("burst", new Action(this::refuseLoad, () -> this.threads.execute(this::sendBurst)));
		this.actions.put("malformed", new Action(this::refuseLoad, () -> this.threads.execute(this::sendMalformed)));
		this.threads.scheduleWithFixedDelay(reports::report, REPORT_PERIOD_MS, REPORT_PERIOD_MS, TimeUnit.MILLISECONDS);
	}

	/**
	 * Why each action can't be taken now.
	 * @return by the action's name, empty where it can
	 */
	synchronized Map<String, String> refusals() {
		var refusals = new LinkedHashMap<String, String>();
		this.actions.forEach((name, action) -> refusals.put(name, refuse(action)));
		return refusals;
	}

	/**
	 * Takes an action.
	 * @param name its name
	 * @return why it can't be taken now, empty if it was
	 * @throws IllegalArgumentException if there is no such action
	 */
	synchronized Optional<String> run(String name) {
		var action = this.actions.get(name);
		if (action == null) {
			throw new IllegalArgumentException("There is no action " + name);
		}
		var refusal = refuse(action);
		if (!refusal.isEmpty()) {
			return Optional.of(refusal);
		}
		action.run().run();
		return Optional.empty();
	}

	private String refuse(Action action) {
		if (this.closed) {
			return "The quickstart is being stopped.";
		}
		this.allHaveRun = this.allHaveRun
				|| this.services.all().stream().allMatch((service) -> service.isIn(ServiceState.RUNNING));
		return this.allHaveRun ? action.refusal().get() : "Wait until all services are running.";
	}

	private String refuseKill(Service service) {
		if (service.isIn(ServiceState.DOWN) || service.isKilled()) {
			return "It is down already.";
		}
		if (service.name() != ServiceName.KAFKA) {
			return "";
		}
		if (!service.canBeKilled()) {
			return "Kafka was not started by this launcher.";
		}
		if (service.isIn(ServiceState.STARTING)) {
			return "Wait until it is running.";
		}
		return this.services.all()
			.stream()
			.anyMatch((other) -> other.name().isSidecar() && other.isIn(ServiceState.STARTING))
					? "Wait until both sidecars are running; they need Kafka to start." : "";
	}

	private void kill(Service service) {
		service.kill();
		this.events.add(Event.Kind.FAULT,
				"%s was killed; it is started again in %d s.".formatted(capitalized(service), DOWN.toSeconds()));
		this.threads.schedule(() -> restart(service), DOWN.toMillis(), TimeUnit.MILLISECONDS);
	}

	private void restart(Service service) {
		try {
			if (service.name().isSidecar()) {
				// One that starts while Kafka is down would end at once.
				Wait.until("Kafka is running", RECOVERY_LIMIT, () -> startWithKafka(service));
			}
			else {
				service.start();
			}
			Wait.until("it is running", RECOVERY_LIMIT, () -> !service.isIn(ServiceState.STARTING));
			// Else another fault has hit it, which reports its own end.
			if (service.isIn(ServiceState.RUNNING)) {
				recover(capitalized(service) + " is running again.", "the death of " + service.killTarget());
			}
		}
		catch (RuntimeException ex) {
			this.events.add(Event.Kind.ERROR,
					"%s could not be started again: %s".formatted(capitalized(service), ex.getMessage()));
		}
	}

	/** Under the lock, so that Kafka is not killed in between. */
	private synchronized boolean startWithKafka(Service sidecar) {
		if (this.closed || !this.services.get(ServiceName.KAFKA).isIn(ServiceState.RUNNING)) {
			return false;
		}
		sidecar.start();
		return true;
	}

	private void freeze(Service service) {
		service.freeze();
		this.events.add(Event.Kind.FAULT,
				capitalized(service) + " is frozen: it is there, but does nothing. Let it continue.");
	}

	private void thaw(Service service) {
		service.thaw();
		recover(capitalized(service) + " continues.", "the freeze of " + service.name().title());
	}

	private void recover(String event, String fault) {
		this.events.add(Event.Kind.RECOVERED, event);
		this.reports.expect(fault);
	}

	private String refuseLoad() {
		return this.load.get().isPresent() ? "" : "Kafka is not there yet.";
	}

	private void sendBurst() {
		this.events.add(Event.Kind.FAULT, "A burst of %,d orders goes to Kafka.".formatted(BURST));
		this.load.get().orElseThrow().sendBurst(BURST).thenAccept((confirmed) -> {
			if (confirmed < BURST) {
				this.events.add(Event.Kind.ERROR,
						"Kafka did not confirm %,d orders of the burst.".formatted(BURST - confirmed));
			}
			this.reports.expect("a burst of %,d orders".formatted(BURST));
		});
	}

	private void sendMalformed() {
		this.load.get().orElseThrow().sendMalformed().whenComplete((value, failure) -> {
			if (failure != null) {
				this.events.add(Event.Kind.ERROR, "Kafka did not take the malformed record.");
				return;
			}
			this.events.add(Event.Kind.FAULT, "A malformed record went to Kafka (%s); it belongs to the dead letters."
				.formatted(value.isEmpty() ? "empty" : value));
			this.reports.expect("a malformed record");
		});
	}

	/** The name at the beginning of a sentence. */
	private static String capitalized(Service service) {
		var title = service.killTarget();
		return Character.toUpperCase(title.charAt(0)) + title.substring(1);
	}

	/** After this nothing is started again. */
	@Override
	public void close() {
		synchronized (this) {
			this.closed = true;
		}
		this.threads.shutdownNow();
		try {
			this.threads.awaitTermination(5, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/** What an action does, and why it can't be taken now, empty if it can. */
	private record Action(Supplier<String> refusal, Runnable run) {
	}

}
