package io.dapr.quickstarts.bindings.launcher.dashboard;

import java.io.IOException;
import java.net.BindException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.dapr.quickstarts.bindings.launcher.kafka.KafkaBroker;
import io.dapr.quickstarts.bindings.launcher.monitor.Monitor;
import io.dapr.quickstarts.bindings.launcher.monitor.Service;
import io.dapr.quickstarts.bindings.launcher.monitor.Standstill;
import io.dapr.quickstarts.bindings.launcher.process.ResidentMemory;

/**
 * The live page of {@code ./quickstart}: it shows the services and the orders, and has
 * buttons that break things.
 */
public final class Dashboard implements AutoCloseable {

	/** The port that is tried first. */
	private static final int FIRST_PORT = 8080;

	/** How many ports are tried where none is asked for. */
	private static final int PORTS = 100;

	private static final long MEMORY_PERIOD_MS = 2000;

	private final InstantSource clock = InstantSource.system();

	private final String launcher = RequestGuard.randomText();

	private final JsonMapper json = new JsonMapper();

	private final Monitor monitor;

	private final DashboardServer server;

	private final FaultInjector faults;

	/** By process id, in bytes. */
	private final Map<Long, Long> memory = new HashMap<>();

	private long memoryTime;

	private volatile LoadGenerator load;

	private Dashboard(Monitor monitor, DashboardServer server) {
		this.monitor = monitor;
		this.server = server;
		this.faults = new FaultInjector(monitor.services(), monitor.events(),
				new FaultReports(monitor.orders(), monitor.events(), this.clock), () -> Optional.ofNullable(this.load));
		server.start(this::state, this.faults::run);
	}

	/**
	 * Opens the dashboard.
	 * @param port where to serve it; if empty, at 8080 or the next free port
	 * @param monitor what it shows
	 * @return the dashboard
	 * @throws IllegalStateException if something else listens there
	 */
	public static Dashboard open(OptionalInt port, Monitor monitor) {
		var first = port.orElse(FIRST_PORT);
		var last = port.isPresent() ? first : first + PORTS - 1;
		for (var candidate = first; candidate <= last; candidate++) {
			try {
				return new Dashboard(monitor, new DashboardServer(candidate));
			}
			catch (BindException ex) {
				// Taken; the next one.
			}
			catch (IOException ex) {
				throw new IllegalStateException("The page cannot be served: " + ex.getMessage(), ex);
			}
		}
		throw new IllegalStateException((first == last) ? "something listens at port %d already".formatted(first)
				: "no port from %d to %d is free".formatted(first, last));
	}

	/**
	 * Where a browser finds the dashboard.
	 * @return its address
	 */
	public String address() {
		return this.server.address();
	}

	/**
	 * Lets bursts and malformed records be sent from now on; Kafka must run.
	 * @param kafka the broker
	 * @param topic the topic of the orders
	 */
	public void enableLoad(KafkaBroker kafka, String topic) {
		this.load = new LoadGenerator(kafka, topic, this.monitor.orders());
	}

	/** What the page shows, in JSON. */
	private synchronized String state() {
		var services = this.monitor.services().all();
		if (this.clock.millis() - this.memoryTime > MEMORY_PERIOD_MS) {
			this.memoryTime = this.clock.millis();
			this.memory.clear();
			services.stream()
				.flatMapToLong((service) -> service.pid().stream())
				.forEach((pid) -> ResidentMemory.of(pid).ifPresent((bytes) -> this.memory.put(pid, bytes)));
		}
		var orders = this.monitor.orders();
		var lag = this.monitor.lag();
		var snapshot = new Snapshot(this.launcher, services.stream().map(this::view).toList(), orders.counters(),
				this.monitor.ledger().orElse(null), lag.isPresent() ? lag.getAsLong() : null, orders.latest(),
				orders.seconds(), this.monitor.events().list(), this.faults.refusals());
		try {
			return this.json.writeValueAsString(snapshot);
		}
		catch (JsonProcessingException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private Snapshot.ServiceView view(Service service) {
		var standstill = this.monitor.standstills()
			.stream()
			.filter((found) -> found.service() == service.name())
			.map(Standstill::explanation)
			.findFirst();
		var pid = service.pid().stream().boxed().findFirst();
		return new Snapshot.ServiceView(service.name().id(), service.state(), standstill.orElse(null), pid.orElse(null),
				pid.map(this.memory::get).orElse(null));
	}

	/** Closes the dashboard; what its buttons have killed is not started again. */
	@Override
	public void close() {
		this.faults.close();
		this.server.close();
		if (this.load != null) {
			this.load.close();
		}
	}

}
