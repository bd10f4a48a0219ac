package io.dapr.quickstarts.bindings.producer;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

import io.dapr.client.DaprClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Exceptions;

/** The producer: sends orders 1, 2, 3 … through its Dapr sidecar to Kafka. */
public final class ProducerApplication {

	private static final Duration FIRST_RETRY_PAUSE = Duration.ofMillis(500);

	private static final Logger log = LoggerFactory.getLogger(ProducerApplication.class);

	private final DaprClient dapr;

	private final Settings settings;

	private final Shutdown shutdown;

	private final AtomicLong numbers = new AtomicLong();

	private final LongAdder sent = new LongAdder();

	private ProducerApplication(DaprClient dapr, Settings settings, Shutdown shutdown) {
		this.dapr = dapr;
		this.settings = settings;
		this.shutdown = shutdown;
	}

	/**
	 * Sends orders until it is stopped or has sent as many as {@code ORDERS} says. Exits
	 * with 0 after that, with 1 if the sidecar does not answer or can never take an
	 * order, with 2 if a setting is wrong.
	 * @param args none
	 * @throws InterruptedException if the call in flight did not end in time after a
	 * signal
	 */
	public static void main(String[] args) throws InterruptedException {
		// The Dapr SDK formats addresses with the default locale: in Arabic, with digits
		// that no host name has.
		Locale.setDefault(Locale.ROOT);
		var shutdown = Shutdown.install();
		try {
			var settings = Settings.from(System.getenv());
			// The client is never closed: it lives as long as the process.
			new ProducerApplication(Sidecar.connect(System.getenv()), settings, shutdown).run();
			shutdown.exit(0);
		}
		catch (Settings.InvalidException ex) {
			System.err.println(ex.getMessage());
			shutdown.exit(2);
		}
		catch (Sidecar.UnavailableException ex) {
			log.error("{}. The producer ends.", ex.getMessage());
			shutdown.exit(1);
		}
	}

	/**
	 * A worker: sends an order when the one before is accepted. It has a run id of its
	 * own, so that its orders go to one partition, in order.
	 */
	private void sendOrders() {
		var runId = HexFormat.of().toHexDigits(new SecureRandom().nextLong(), 12);
		log.info("Run {}", runId);
		var sender = new OrderSender(this.dapr, runId, FIRST_RETRY_PAUSE, this.shutdown);
		var pause = Duration.ZERO;
		try {
			for (var number = next(); isWanted(number) && !this.shutdown.awaitRequest(pause); number = next()) {
				sender.send(new Order(number));
				this.sent.increment();
				pause = this.settings.interval();
			}
		}
		catch (InterruptedException ex) {
			log.info("Stopped before the order in flight was accepted");
		}
	}

	private long next() {
		return this.numbers.incrementAndGet();
	}

	private boolean isWanted(long number) {
		return this.settings.orders() == 0 || number <= this.settings.orders();
	}

	private void run() throws InterruptedException {
		var start = System.nanoTime();
		var workers = new ExecutorCompletionService<Void>(Executors.newCachedThreadPool());
		try {
			for (var worker = 0; worker < this.settings.ordersInFlight(); worker++) {
				workers.submit(this::sendOrders, null);
			}
			for (var worker = 0; worker < this.settings.ordersInFlight(); worker++) {
				workers.take().get();
			}
		}
		catch (ExecutionException ex) {
			// The first worker that fails ends the app.
			throw Exceptions.propagate(ex.getCause());
		}
		finally {
			log.info("Sent {} orders in {} s", this.sent, "%.1f".formatted((System.nanoTime() - start) / 1e9));
		}
	}

}
