package io.dapr.quickstarts.bindings.launcher.orders;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Follows each order by its message id, from the producer's lines to the consumer's. Safe
 * for several threads, whose lines may come in any order.
 */
public final class OrderTracker {

	private static final Pattern RUN = Pattern.compile("\\bRun ([0-9a-f]{12})$");

	private static final Pattern SENT = Pattern.compile("\\{\"data\":\\{\"orderId\":(\\d{1,18})}");

	private static final Pattern ACCEPTED = Pattern.compile("Response for order (\\d{1,18}): OK");

	private static final Pattern RECEIVED = Pattern.compile("\\{ orderId: (\\d{1,18}) }");

	private static final Pattern SKIPPED = Pattern.compile("Order (\\d{1,18}) was delivered again; skipped");

	private static final Pattern REJECTED = Pattern.compile("Rejected the record at offset \\d");

	/** More runs of other launchers than these are not kept. */
	private static final int MOST_UNKNOWN = 100;

	private final InstantSource clock;

	private final Map<String, Run> runs = new LinkedHashMap<>();

	/**
	 * Runs that only the consumer has told of: those of other producers, or one of our
	 * own whose first line has not been read yet.
	 */
	private final Map<String, Run> unknownRuns = new LinkedHashMap<>() {

		@Override
		protected boolean removeEldestEntry(Map.Entry<String, Run> eldest) {
			return size() > MOST_UNKNOWN;
		}

	};

	/** Of the producer alone, the newest last. */
	private final List<Run> producerRuns = new ArrayList<>();

	private final History history = new History();

	private long malformed;

	/** All that was accepted before this time has been acknowledged by the consumer. */
	private long acknowledgedUntil;

	/**
	 * Makes a tracker that knows of no order yet.
	 * @param clock tells the time of each line
	 */
	public OrderTracker(InstantSource clock) {
		this.clock = clock;
	}

	/**
	 * Takes a line of the producer.
	 * @param line any line
	 */
	public synchronized void readProducer(String line) {
		var run = RUN.matcher(line);
		if (run.find()) {
			this.producerRuns.add(start(run.group(1)));
			return;
		}
		if (this.producerRuns.isEmpty()) {
			return;
		}
		var sent = SENT.matcher(line);
		var accepted = ACCEPTED.matcher(line);
		if (sent.find()) {
			currentRun().send(Long.parseLong(sent.group(1)), this.clock.millis());
		}
		else if (accepted.find()) {
			currentRun().accept(Long.parseLong(accepted.group(1)));
		}
	}

	/**
	 * Takes a line of the consumer.
	 * @param line any line
	 */
	public synchronized void readConsumer(String line) {
		find(RECEIVED, line).ifPresent((id) -> {
			var now = this.clock.millis();
			var known = this.runs.get(id.run());
			var run = (known != null) ? known : this.unknownRuns.computeIfAbsent(id.run(), Run::new);
			var delivery = run.receive(id.order(), now);
			if (known != null) {
				delivery.ifPresent((first) -> this.history.add(first, now));
			}
		});
		find(SKIPPED, line).map((id) -> this.runs.get(id.run())).ifPresent(Run::skip);
		if (REJECTED.matcher(line).find()) {
			this.malformed++;
		}
	}

	private static Optional<MessageId> find(Pattern pattern, String line) {
		var order = pattern.matcher(line);
		return order.find() ? MessageId.find(line, Long.parseLong(order.group(1))) : Optional.empty();
	}

	/**
	 * Notes an order that goes to Kafka past the producer.
	 * @param id its message id; all orders of a burst have the same run
	 */
	public synchronized void send(MessageId id) {
		start(id.run()).send(id.order(), this.clock.millis());
	}

	/**
	 * Notes that Kafka has an order that went past the producer.
	 * @param id its message id
	 */
	public synchronized void accept(MessageId id) {
		start(id.run()).accept(id.order());
	}

	private Run start(String id) {
		return this.runs.computeIfAbsent(id, (run) -> {
			var early = this.unknownRuns.remove(run);
			return (early != null) ? early : new Run(run);
		});
	}

	private Run currentRun() {
		return this.producerRuns.get(this.producerRuns.size() - 1);
	}

	/**
	 * The orders that are undelivered now.
	 * @return what to give to {@link #acknowledge} when the consumer has acknowledged all
	 * that Kafka has now
	 */
	public synchronized Undelivered undelivered() {
		var orders = new LinkedHashMap<String, OrderNumbers>();
		this.runs.values()
			.stream()
			.filter((run) -> !run.undelivered().isEmpty())
			.forEach((run) -> orders.put(run.id(), run.undelivered()));
		return new Undelivered(this.clock.millis(), orders);
	}

	/**
	 * Notes that orders have been acknowledged: what of them was not received is lost.
	 * @param earlier orders that were undelivered some time ago
	 */
	public synchronized void acknowledge(Undelivered earlier) {
		this.acknowledgedUntil = earlier.time();
		this.runs.forEach((id, run) -> run.acknowledge(earlier.orders().getOrDefault(id, new OrderNumbers())));
	}

	/**
	 * How far the consumer has come.
	 * @return all that was accepted before this time is received or lost, in milliseconds
	 * since 1970
	 */
	public synchronized long acknowledgedUntil() {
		return this.acknowledgedUntil;
	}

	/**
	 * What became of the orders so far.
	 * @return the numbers of all runs of this launcher
	 */
	public synchronized Counters counters() {
		var sum = this.runs.values().stream().map(Run::counters).reduce(Counters.NONE, Counters::plus);
		return sum.plus(new Counters(0, 0, 0, 0, this.malformed, 0, 0));
	}

	/**
	 * The runs of this launcher.
	 * @return their ids
	 */
	public synchronized List<String> runs() {
		return List.copyOf(this.runs.keySet());
	}

	/**
	 * Counts the orders of the producer's current run.
	 * @return what became of them, empty if there is no run yet
	 */
	public synchronized Optional<Counters> currentCounters() {
		return this.producerRuns.isEmpty() ? Optional.empty() : Optional.of(currentRun().counters());
	}

	/**
	 * Whether orders of the producer may still come.
	 * @param orders how many its last process had to send; an earlier one, which was
	 * killed, had to send as many as were accepted
	 * @return false if each is received, or acknowledged and thereby lost
	 */
	public synchronized boolean awaits(long orders) {
		return this.producerRuns.stream().anyMatch((run) -> run.awaits(expected(run, orders)));
	}

	/**
	 * What is wrong with the orders of the producer.
	 * @param orders as for {@link #awaits}
	 * @return empty if each was received, once and in order
	 */
	public synchronized Optional<String> fault(long orders) {
		if (this.producerRuns.isEmpty()) {
			return Optional.of("the producer has not logged its run; does it still log \"Run \" and the first part "
					+ "of its message ids, 12 hexadecimal digits?");
		}
		if (!currentRun().isReceived() && currentRun().lost().size() == orders) {
			return Optional.of(("the consumer has acknowledged all %d orders, but no line of its log tells them; "
					+ "does OrderController still log \"{ orderId: 1 }\", and the log's pattern the message id, %s?")
				.formatted(orders, new MessageId(currentRun().id(), 1)));
		}
		return this.producerRuns.stream().flatMap((run) -> run.fault(expected(run, orders)).stream()).findFirst();
	}

	private OrderNumbers expected(Run run, long orders) {
		return (run == currentRun()) ? OrderNumbers.upTo(orders) : run.accepted();
	}

	/**
	 * The orders that were received last.
	 * @return the newest first
	 */
	public synchronized List<Delivery> latest() {
		return this.history.latest();
	}

	/**
	 * What was received in each of the last seconds.
	 * @return two minutes, the newest second last
	 */
	public synchronized List<Second> seconds() {
		return this.history.seconds(this.clock.millis());
	}

}
