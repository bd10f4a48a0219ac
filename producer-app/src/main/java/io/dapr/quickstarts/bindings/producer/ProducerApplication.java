package io.dapr.quickstarts.bindings.producer;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.dapr.client.DaprClient;
import io.dapr.client.DaprClientBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Exceptions;

/** The producer: sends orders 1, 2, 3 … through its Dapr sidecar to Kafka. */
public final class ProducerApplication {

	private static final Duration SIDECAR_START_LIMIT = Duration.ofSeconds(60);

	private static final Logger log = LoggerFactory.getLogger(ProducerApplication.class);

	/**
	 * The call in hand may end by itself; together with this the app stops within 5 s.
	 */
	private static final Duration CALL_LIMIT = Duration.ofSeconds(3);

	private final Settings settings;

	private final CountDownLatch stop = new CountDownLatch(1);

	private final CompletableFuture<Integer> exitCode = new CompletableFuture<>();

	private long sent;

	private ProducerApplication(Settings settings) {
		this.settings = settings;
	}

	/**
	 * Sends orders until it is stopped or has sent as many as {@code ORDERS} says. Exits
	 * with 0 after that, with 1 if the sidecar does not answer or can never take an
	 * order, with 2 if a setting is wrong.
	 * @param args none
	 */
	public static void main(String[] args) {
		// The Dapr SDK formats addresses with the default locale: in Arabic, with digits
		// that no host name has.
		Locale.setDefault(Locale.ROOT);
		try {
			var application = new ProducerApplication(Settings.from(System.getenv()));
			var producer = Thread.currentThread();
			Runtime.getRuntime().addShutdownHook(new Thread(() -> application.stop(producer)));
			application.exitCode.complete(application.run());
			// The SDK leaves threads behind that would keep the process alive.
			System.exit(application.exitCode.join());
		}
		catch (IllegalArgumentException ex) {
			System.err.println(ex.getMessage());
			System.exit(2);
		}
	}

	/** After SIGTERM or Ctrl-C: lets the call in hand end, then ends the process. */
	private void stop(Thread producer) {
		this.stop.countDown();
		try {
			this.exitCode.get(CALL_LIMIT.toSeconds(), TimeUnit.SECONDS);
		}
		catch (TimeoutException | InterruptedException | ExecutionException ex) {
			producer.interrupt();
		}
		Runtime.getRuntime().halt(this.exitCode.completeOnTimeout(1, 1, TimeUnit.SECONDS).join());
	}

	private int run() {
		// Never closed: it lives as long as the process.
		var dapr = new DaprClientBuilder().build();
		try {
			waitForSidecar(dapr);
			sendOrders(dapr);
			return 0;
		}
		catch (Exception ex) {
			if (Thread.interrupted() || Exceptions.unwrap(ex) instanceof InterruptedException) {
				return 0;
			}
			log.error("{}. {}", Failures.describe(ex), PermanentFailure.advice(ex).orElse("The producer ends."));
			return 1;
		}
	}

	private void waitForSidecar(DaprClient dapr) {
		log.info("Waiting for the Dapr sidecar at ports {} (HTTP) and {} (gRPC)", this.settings.sidecarHttpPort(),
				this.settings.sidecarGrpcPort());
		try {
			dapr.waitForSidecar((int) SIDECAR_START_LIMIT.toMillis()).block();
		}
		catch (RuntimeException ex) {
			if (Exceptions.unwrap(ex) instanceof InterruptedException) {
				throw ex;
			}
			throw new IllegalStateException("No Dapr sidecar answered within %d s; start this app with dapr run"
				.formatted(SIDECAR_START_LIMIT.toSeconds()));
		}
	}

	private void sendOrders(DaprClient dapr) throws InterruptedException {
		var start = System.nanoTime();
		try {
			var runId = HexFormat.of().toHexDigits(new SecureRandom().nextLong(), 12);
			log.info("Run {}", runId);
			var producer = new OrderProducer(dapr, runId, Duration.ofMillis(500));
			do {
				producer.send(new Order(this.sent + 1));
				this.sent++;
			}
			while (this.sent != this.settings.orders() && !isStopped(this.settings.interval()));
		}
		finally {
			var seconds = (System.nanoTime() - start) / 1e9;
			log.info("Sent {} orders in {} s", this.sent, String.format("%.1f", seconds));
		}
	}

	private boolean isStopped(Duration within) throws InterruptedException {
		return this.stop.await(within.toMillis(), TimeUnit.MILLISECONDS);
	}

}
