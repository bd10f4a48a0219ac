package io.dapr.quickstarts.bindings.producer;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.dapr.client.DaprClient;
import io.dapr.client.DaprClientBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Exceptions;

/** The producer: sends orders 1, 2, 3 … through its Dapr sidecar to Kafka. */
public final class ProducerApplication {

	private static final Duration SIDECAR_START_LIMIT = Duration.ofSeconds(60);

	private static final Logger log = LoggerFactory.getLogger(ProducerApplication.class);

	private final Settings settings;

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
		try {
			var application = new ProducerApplication(Settings.from(System.getenv()));
			var exitCode = stopWithProcess(Thread.currentThread());
			exitCode.complete(application.run());
			// The SDK leaves threads behind that would keep the process alive.
			System.exit(exitCode.join());
		}
		catch (IllegalArgumentException ex) {
			System.err.println(ex.getMessage());
			System.exit(2);
		}
	}

	/**
	 * Lets SIGTERM and Ctrl-C interrupt the producer and then end it with its own code.
	 */
	private static CompletableFuture<Integer> stopWithProcess(Thread producer) {
		var exitCode = new CompletableFuture<Integer>();
		Runtime.getRuntime().addShutdownHook(new Thread(() -> {
			if (!exitCode.isDone()) {
				producer.interrupt();
			}
			Runtime.getRuntime().halt(exitCode.completeOnTimeout(1, 4, TimeUnit.SECONDS).join());
		}));
		return exitCode;
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
			var producer = new OrderProducer(dapr, Duration.ofMillis(500));
			while (true) {
				producer.send(new Order(this.sent + 1));
				this.sent++;
				if (this.sent == this.settings.orders()) {
					return;
				}
				Thread.sleep(this.settings.interval().toMillis());
			}
		}
		finally {
			var seconds = (System.nanoTime() - start) / 1e9;
			log.info("Sent {} orders in {} s", this.sent, String.format(Locale.ROOT, "%.1f", seconds));
		}
	}

}
