package io.dapr.quickstarts.bindings.launcher.monitor;

import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.dapr.quickstarts.bindings.launcher.kafka.ConsumerGroup;
import io.dapr.quickstarts.bindings.launcher.kafka.KafkaBroker;
import io.dapr.quickstarts.bindings.launcher.kafka.Offsets;
import io.dapr.quickstarts.bindings.launcher.orders.OrderTracker;
import io.dapr.quickstarts.bindings.launcher.process.Background;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees a run from outside: reads the lines of its processes, asks them whether they
 * answer, and asks Kafka how far the consumer has come.
 */
public final class Monitor implements AutoCloseable {

	private static final Logger log = LoggerFactory.getLogger(Monitor.class);

	private static final Duration PERIOD = Duration.ofMillis(500);

	/** How long Kafka may take for an answer; a broker that is down gives none. */
	private static final Duration KAFKA_LIMIT = Duration.ofSeconds(2);

	/** The most that one poll counts: the launcher itself may have been suspended. */
	private static final Duration LONGEST_STEP = Duration.ofSeconds(5);

	private final InstantSource clock = InstantSource.system();

	private final Services services = new Services();

	private final OrderTracker orders = new OrderTracker(this.clock);

	private final EventLog events = new EventLog(this.clock);

	private final ConsumerProgress progress = new ConsumerProgress();

	private final ScheduledExecutorService thread = Executors
		.newSingleThreadScheduledExecutor((task) -> Background.thread("monitor", task));

	private final String topic;

	private final String group;

	private final AcceptanceWatch acceptance;

	private final DeliveryWatch delivery;

	private final StreamWatch stream;

	private volatile ConsumerGroup consumers;

	private volatile LedgerReader ledgerReader;

	private volatile Optional<Ledger> ledger = Optional.empty();

	private volatile OptionalLong lag = OptionalLong.empty();

	private long lastLook;

	/**
	 * Makes a monitor, to which the services have to be attached.
	 * @param topic the topic of the orders
	 * @param group the consumer's group
	 * @param interval the pause between two orders
	 * @param say prints a line for the user
	 */
	public Monitor(String topic, String group, Duration interval, Consumer<String> say) {
		this.topic = topic;
		this.group = group;
		this.acceptance = new AcceptanceWatch(this.services, interval);
		this.delivery = new DeliveryWatch(this.services, group, () -> this.consumers.members(),
				(partition, offset) -> this.consumers.hasRecord(partition, offset));
		this.stream = new StreamWatch(this.acceptance, this.delivery, this.events, say);
	}

	/**
	 * Gives a listener for the lines of a service.
	 * @param service whose lines
	 * @return the listener
	 */
	public Consumer<String> lines(ServiceName service) {
		return switch (service) {
			case PRODUCER -> (line) -> {
				this.orders.readProducer(line);
				this.acceptance.readProducer(line);
			};
			case CONSUMER -> this.orders::readConsumer;
			case CONSUMER_SIDECAR -> this.delivery::readSidecar;
			case PRODUCER_SIDECAR, KAFKA -> (line) -> {
			};
		};
	}

	/**
	 * Watches from now on; Kafka must run.
	 * @param kafka the broker
	 */
	public void start(KafkaBroker kafka) {
		this.consumers = new ConsumerGroup(kafka, this.group, KAFKA_LIMIT);
		this.lastLook = System.nanoTime();
		this.thread.scheduleWithFixedDelay(this::poll, 0, PERIOD.toMillis(), TimeUnit.MILLISECONDS);
	}

	/**
	 * Reads the consumer's ledger too.
	 * @param sidecar an address of the consumer's sidecar
	 */
	public void readLedger(URI sidecar) {
		this.ledgerReader = new LedgerReader(sidecar);
	}

	private void poll() {
		try {
			this.services.probe();
			readLedger();
			var offsets = readOffsets();
			this.progress.acknowledged(this.clock.millis()).ifPresent(this.orders::acknowledge);
			var now = System.nanoTime();
			var step = Math.min(now - this.lastLook, LONGEST_STEP.toNanos());
			this.lastLook = now;
			this.stream.check(Duration.ofNanos(step), this.orders.currentCounters(), offsets);
		}
		catch (RuntimeException ex) {
			// The next poll may work; without this there would be none.
			log.debug("A poll failed", ex);
		}
	}

	/** While the sidecar is down it stays as it was. */
	private void readLedger() {
		if (this.services.get(ServiceName.CONSUMER_SIDECAR).isIn(ServiceState.RUNNING)) {
			this.ledgerReader.read(this.orders.runs()).ifPresent((now) -> this.ledger = Optional.of(now));
		}
	}

	private Optional<Map<TopicPartition, Offsets>> readOffsets() {
		var undelivered = this.orders.undelivered();
		try {
			var offsets = this.consumers.offsets(this.topic);
			this.lag = OptionalLong.of(offsets.values().stream().mapToLong(Offsets::lag).sum());
			this.services.get(ServiceName.KAFKA).answers(true);
			this.progress.observe(undelivered, offsets);
			return Optional.of(offsets);
		}
		catch (IllegalStateException ex) {
			this.lag = OptionalLong.empty();
			this.services.get(ServiceName.KAFKA).answers(false);
			return Optional.empty();
		}
	}

	public Services services() {
		return this.services;
	}

	/**
	 * The orders of the run.
	 * @return what follows them
	 */
	public OrderTracker orders() {
		return this.orders;
	}

	/**
	 * What happened.
	 * @return the events, to which others may add
	 */
	public EventLog events() {
		return this.events;
	}

	/**
	 * The consumer lag.
	 * @return how many records the consumer has not acknowledged, empty while Kafka does
	 * not tell
	 */
	public OptionalLong lag() {
		return this.lag;
	}

	/**
	 * The consumer's ledger.
	 * @return what it said last, empty if there is none
	 */
	public Optional<Ledger> ledger() {
		return this.ledger;
	}

	/**
	 * What stands still now.
	 * @return empty if orders are accepted and delivered
	 */
	public List<Standstill> standstills() {
		return this.stream.standstills();
	}

	/** Ends the watch. */
	@Override
	public void close() {
		this.thread.shutdownNow();
		if (this.consumers != null) {
			this.consumers.close();
		}
	}

}
