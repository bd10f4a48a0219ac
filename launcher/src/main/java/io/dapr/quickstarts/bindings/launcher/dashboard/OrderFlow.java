package io.dapr.quickstarts.bindings.launcher.dashboard;

import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.regex.Pattern;

/**
 * Follows each order from the producer's line to the consumer's and counts what becomes
 * of it. Safe for several threads.
 * <p>
 * A producer that is started again counts from 1 again. An arrival then belongs to the
 * run in which its number is the next that is due, since Kafka keeps the order. A
 * consumer that was started again has forgotten what it handled: then a number that is
 * not due anywhere is a repeat. When in doubt this counts too many orders as lost, never
 * too few, as long as no repeat has the very number that is due.
 */
final class OrderFlow {

	/**
	 * The first number of the orders that the page sends itself; no producer gets there.
	 */
	static final long FIRST_OWN = 1_000_000_001;

	/**
	 * The lines of producer and consumer come by two threads, of which one may be late.
	 * So an arrival is looked at this much later, when its sending is surely known.
	 */
	static final long DELAY = 500;

	private static final int LAST_ORDERS = 20;

	private static final Pattern SENT = Pattern.compile("^\\{\"data\":\\{\"orderId\":(\\d{1,18})}");

	private static final Pattern ACCEPTED = Pattern.compile("^Response for order (\\d{1,18}): OK$");

	private static final Pattern ARRIVED = Pattern.compile("\\{ orderId: (\\d{1,18}) }$");

	private static final Pattern REPEATED = Pattern.compile("Order \\d+ was delivered again; skipped$");

	private static final Pattern REJECTED = Pattern.compile("Rejected the record at offset ");

	private static final Pattern CONSUMER_STARTED = Pattern.compile("Consumer app listening on port \\d+!$");

	private final InstantSource clock;

	private final OrderRun own = new OrderRun(FIRST_OWN);

	/** The oldest first. */
	private final List<OrderRun> runs = new ArrayList<>(List.of(new OrderRun(1)));

	private final Queue<Seen> arrivals = new ArrayDeque<>();

	private final Deque<OrderRun.Arrival> lastOrders = new ArrayDeque<>();

	private final LastSeconds lastSeconds = new LastSeconds();

	private int consumerStarts;

	private long sent;

	private long accepted;

	private long arrived;

	private long repeated;

	private long rejected;

	private long outOfOrder;

	/** All that was accepted before this time is handled, as far as Kafka knows. */
	private long settled;

	OrderFlow(InstantSource clock) {
		this.clock = clock;
	}

	/** Takes a line of the producer. */
	synchronized void readProducer(String line) {
		var order = SENT.matcher(line);
		if (order.find()) {
			send(Long.parseLong(order.group(1)));
			return;
		}
		order = ACCEPTED.matcher(line);
		if (order.find()) {
			accept(currentRun(), Long.parseLong(order.group(1)));
		}
	}

	/** Takes a line of the consumer. */
	synchronized void readConsumer(String line) {
		var order = ARRIVED.matcher(line);
		if (order.find()) {
			this.arrivals.add(new Seen(Long.parseLong(order.group(1)), this.clock.millis()));
			catchUp();
		}
		else if (REPEATED.matcher(line).find()) {
			this.repeated++;
		}
		else if (REJECTED.matcher(line).find()) {
			this.rejected++;
		}
		else if (CONSUMER_STARTED.matcher(line).find()) {
			this.consumerStarts++;
		}
	}

	/** Takes the next order that the page sends itself and gives its number. */
	synchronized long sendOwn() {
		var order = this.own.highestSent() + 1;
		this.own.send(order, this.clock.millis());
		this.sent++;
		return order;
	}

	/** Notes that Kafka has an order that the page sent itself. */
	synchronized void acceptOwn(long order) {
		accept(this.own, order);
	}

	private void send(long order) {
		if (order <= currentRun().highestSent()) {
			this.runs.add(new OrderRun(1));
		}
		currentRun().send(order, this.clock.millis());
		this.sent++;
	}

	private void accept(OrderRun run, long order) {
		run.accept(order, this.clock.millis());
		this.accepted++;
	}

	private OrderRun currentRun() {
		return this.runs.get(this.runs.size() - 1);
	}

	/** Looks at the arrivals whose time has come. */
	private void catchUp() {
		var due = this.clock.millis() - DELAY;
		while (!this.arrivals.isEmpty() && this.arrivals.peek().time() <= due) {
			var seen = this.arrivals.remove();
			arrive(seen.order(), seen.time());
		}
	}

	private void arrive(long order, long time) {
		var candidates = (order >= FIRST_OWN) ? List.of(this.own) : this.runs;
		var known = candidates.stream().anyMatch((run) -> run.knows(order) && !run.isUnderWay(order));
		var run = runOf(order, candidates, known && this.consumerStarts > 1);
		if (run.isPresent()) {
			run.get().arrive(order, time).ifPresent((arrival) -> count(arrival, time));
		}
		// Else somebody else sent it.
		else if (known) {
			this.repeated++;
		}
	}

	/**
	 * Finds the run that an arrival belongs to.
	 * @param candidates the runs that may have sent it, the oldest first
	 * @param mayBeRepeat whether a consumer that was started again may have printed it
	 * before
	 * @return the run, empty if it is a repeat or of none
	 */
	private static Optional<OrderRun> runOf(long order, List<OrderRun> candidates, boolean mayBeRepeat) {
		var due = candidates.stream().filter((run) -> run.isNext(order)).toList();
		if (!due.isEmpty()) {
			// A producer that was killed leaves an order behind that Kafka may never get.
			var newest = due.get(due.size() - 1);
			return Optional.of(due.stream().filter((run) -> run.isAccepted(order)).findFirst().orElse(newest));
		}
		return mayBeRepeat ? Optional.empty() : candidates.stream().filter((run) -> run.isUnderWay(order)).findFirst();
	}

	private void count(OrderRun.Arrival arrival, long time) {
		this.arrived++;
		if (!arrival.inOrder()) {
			this.outOfOrder++;
		}
		this.lastSeconds.add(time, arrival.took());
		this.lastOrders.addFirst(arrival);
		if (this.lastOrders.size() > LAST_ORDERS) {
			this.lastOrders.removeLast();
		}
	}

	/**
	 * Notes how far the consumer has come.
	 * @param time all that was accepted before it should have arrived by now, in
	 * milliseconds since 1970
	 */
	synchronized void settle(long time) {
		this.settled = Math.max(this.settled, time);
	}

	synchronized long settled() {
		return this.settled;
	}

	synchronized Counters counters() {
		catchUp();
		var lost = this.own.missing(this.settled)
				+ this.runs.stream().mapToLong((run) -> run.missing(this.settled)).sum();
		return new Counters(this.sent, this.accepted, this.arrived, this.repeated, this.rejected, lost,
				this.outOfOrder);
	}

	/** The orders that arrived last, the newest first. */
	synchronized List<OrderRun.Arrival> lastOrders() {
		return List.copyOf(this.lastOrders);
	}

	/** What arrived in the last two minutes, second by second. */
	synchronized List<Second> lastSeconds() {
		return this.lastSeconds.before(this.clock.millis() - DELAY);
	}

	private record Seen(long order, long time) {
	}

}
