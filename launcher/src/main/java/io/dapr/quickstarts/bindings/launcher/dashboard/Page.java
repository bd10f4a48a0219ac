package io.dapr.quickstarts.bindings.launcher.dashboard;

import java.io.IOException;
import java.net.BindException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.dapr.quickstarts.bindings.launcher.kafka.KafkaBroker;
import io.dapr.quickstarts.bindings.launcher.process.ManagedProcess;
import io.dapr.quickstarts.bindings.launcher.process.ResidentMemory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The live page of {@code ./quickstart}: it shows the parts and the orders, and has
 * buttons that break things. It is fed with the programs, their lines, and Kafka; the
 * apps know nothing of it.
 */
public final class Page implements AutoCloseable {

	private static final Logger log = LoggerFactory.getLogger(Page.class);

	/** The port that is tried first. */
	private static final int FIRST_PORT = 8080;

	/** How many ports are tried where none is asked for. */
	private static final int PORTS = 100;

	/** Many orders may arrive in this time; the page is told of all at once. */
	private static final Duration PERIOD = Duration.ofMillis(250);

	private static final Duration MEMORY_PERIOD = Duration.ofSeconds(2);

	private final InstantSource clock = InstantSource.system();

	private final String launcher = Gate.random();

	private final JsonMapper json = new JsonMapper();

	private final Parts parts = new Parts();

	private final OrderFlow flow = new OrderFlow(this.clock);

	private final Events events = new Events(this.clock);

	private final Outcomes outcomes = new Outcomes(this.flow, this.events, this.clock);

	private final Faults faults = new Faults(this.parts, this.events, this.outcomes,
			() -> Optional.ofNullable(this.ownOrders));

	private final Broadcast news = new Broadcast();

	/** By process id, in bytes. */
	private final Map<Long, Long> memory = new ConcurrentHashMap<>();

	private final ScheduledExecutorService ticker = Executors.newScheduledThreadPool(2, (task) -> {
		var thread = new Thread(task, "page ticker");
		thread.setDaemon(true);
		return thread;
	});

	private final PageServer server;

	private volatile TopicWatch topic;

	private volatile OwnOrders ownOrders;

	private Page(int port) throws IOException {
		this.server = new PageServer(port, this.news, this.faults::press);
		this.ticker.scheduleWithFixedDelay(this::tick, 0, PERIOD.toMillis(), TimeUnit.MILLISECONDS);
		this.ticker.scheduleWithFixedDelay(this::measureMemory, 0, MEMORY_PERIOD.toMillis(), TimeUnit.MILLISECONDS);
	}

	/**
	 * Opens the page.
	 * @param port where to serve it; if empty, at 8080 or the next free port
	 * @return the page
	 * @throws IllegalStateException if something else listens there
	 */
	public static Page open(OptionalInt port) {
		var first = port.orElse(FIRST_PORT);
		var last = port.isPresent() ? first : first + PORTS - 1;
		for (var candidate = first; candidate <= last; candidate++) {
			try {
				return new Page(candidate);
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
	 * Where a browser finds the page.
	 * @return its address
	 */
	public String address() {
		return this.server.address();
	}

	/**
	 * Gives a listener for the lines of a part.
	 * @param part whose lines
	 * @return the listener
	 */
	public Consumer<String> lines(PartName part) {
		Consumer<String> state = this.parts.get(part)::read;
		return switch (part) {
			case PRODUCER -> state.andThen(this.flow::readProducer);
			case CONSUMER -> state.andThen(this.flow::readConsumer);
			case PRODUCER_SIDECAR, KAFKA, CONSUMER_SIDECAR -> state;
		};
	}

	/**
	 * Shows a program.
	 * @param part which part it is
	 * @param process the process, which may not run yet
	 */
	public void show(PartName part, ManagedProcess process) {
		this.parts.get(part).is(process);
	}

	/**
	 * Shows Kafka.
	 * @param broker the broker
	 * @param program its process, null if it is none of ours
	 * @param canBeKilled whether the broker is ours to kill
	 */
	public void show(KafkaBroker broker, ManagedProcess process, boolean canBeKilled) {
		this.parts.get(PartName.KAFKA).is(process, broker::start, canBeKilled ? broker::kill : null);
	}

	/**
	 * Watches the topic from now on; Kafka must run.
	 * @param bootstrapServers where Kafka listens, host:port
	 * @param group the consumer's group
	 */
	public void watchTopic(String bootstrapServers, String group) {
		this.topic = new TopicWatch(bootstrapServers, group, this.parts.get(PartName.KAFKA), this.flow, this.clock);
		this.ownOrders = new OwnOrders(bootstrapServers, this.flow);
	}

	private void tick() {
		try {
			this.outcomes.look();
			if (this.news.isHeard()) {
				this.news.publish(this.json.writeValueAsString(snapshot()));
			}
		}
		catch (RuntimeException | JsonProcessingException ex) {
			// The next tick may work; without this there would be none.
			log.warn("The page could not be brought up to date", ex);
		}
	}

	private Snapshot snapshot() {
		var views = this.parts.all().stream().map(this::view).toList();
		var watch = this.topic;
		var waiting = (watch != null) ? watch.waiting() : OptionalLong.empty();
		return new Snapshot(this.launcher, this.clock.millis(), views, this.flow.counters(),
				waiting.isPresent() ? waiting.getAsLong() : null, this.flow.lastOrders(), this.flow.lastSeconds(),
				this.events.list(), this.faults.refusals());
	}

	private Snapshot.PartView view(Part part) {
		var pid = part.pid();
		return new Snapshot.PartView(part.name().id(), part.state(), pid.isPresent() ? pid.getAsLong() : null,
				pid.isPresent() ? this.memory.get(pid.getAsLong()) : null);
	}

	private void measureMemory() {
		var pids = this.parts.all().stream().map(Part::pid).flatMapToLong(OptionalLong::stream).boxed().toList();
		this.memory.keySet().retainAll(pids);
		pids.forEach((pid) -> ResidentMemory.of(pid).ifPresent((bytes) -> this.memory.put(pid, bytes)));
	}

	/** Closes the page; what its buttons have killed is not started again. */
	@Override
	public void close() {
		this.faults.close();
		this.ticker.shutdownNow();
		this.server.close();
		if (this.topic != null) {
			this.topic.close();
		}
		if (this.ownOrders != null) {
			this.ownOrders.close();
		}
	}

}
