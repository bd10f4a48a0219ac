package io.dapr.quickstarts.bindings;

import java.time.Duration;
import java.util.List;
import java.util.Random;

import io.dapr.quickstarts.bindings.launcher.kafka.KafkaBroker;
import io.dapr.quickstarts.bindings.launcher.kafka.Topics;
import io.dapr.quickstarts.bindings.launcher.process.ManagedProcess;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Parts are killed at random in the middle of the stream, and yet each order takes effect
 * once and in order, by what the ledger says. A long run:
 * {@code -Dit.test=ExactlyOnceIT -Donce.orders=1000000 -Donce.faults=1000}.
 */
@OnKafka
class ExactlyOnceIT {

	private static final long ORDERS = Long.getLong("once.orders", 20_000);

	private static final int FAULTS = Integer.getInteger("once.faults", 40);

	private static final long SEED = Long.getLong("once.seed", System.nanoTime());

	/** 200 orders per second. */
	private static final Duration INTERVAL = Duration.ofMillis(5);

	private static final int LONGEST_FAULT_MS = 3000;

	/** How long the orders between two faults may take, on a busy machine. */
	private static final Duration LIMIT = Duration.ofMinutes(5);

	private static final Logger log = LoggerFactory.getLogger(ExactlyOnceIT.class);

	private final Random random = new Random(SEED);

	@Test
	void whateverIsKilled(@OwnBroker KafkaBroker kafka) {
		try (var installation = new Installation(kafka)) {
			installation.start(ORDERS, INTERVAL);
			var run = installation.runId();
			var consumer = installation.consumer;
			var sidecar = installation.consumerSidecar.process();
			var faults = List.<Fault>of(new Fault("consumer killed", (down) -> Faults.killAndRestart(consumer, down)),
					new Fault("sidecar killed", (down) -> Faults.killAndRestart(sidecar, down)),
					new Fault("both killed", (down) -> killAndRestart(List.of(sidecar, consumer), down)),
					new Fault("producer's sidecar killed",
							(down) -> Faults.killAndRestart(installation.producerSidecar.process(), down)),
					new Fault("broker killed", (down) -> Faults.killAndRestart(kafka, down)),
					new Fault("state file locked", (down) -> StateFile.lock(installation.stateFile(), down)));
			for (var fault = 1; fault <= FAULTS; fault++) {
				awaitOrders(installation, run, ORDERS * fault / (FAULTS + 1));
				any(faults).happen(this.random);
				installation.forgetLines();
			}
			awaitOrders(installation, run, ORDERS);
			awaitNothingWaiting(installation);
			assertThat(installation.account(run)).as("seed " + SEED).isEqualTo(Account.of(ORDERS));
		}
	}

	private Fault any(List<Fault> faults) {
		return faults.get(this.random.nextInt(faults.size()));
	}

	private static void awaitOrders(Installation installation, String run, long orders) {
		await("%d orders are in the ledger (seed %d)".formatted(orders, SEED)).atMost(LIMIT)
			.pollInterval(Duration.ofMillis(50))
			.until(() -> installation.account(run).orders() >= orders);
	}

	/** Whatever was delivered again has been handled then. */
	private static void awaitNothingWaiting(Installation installation) {
		try (var topics = new Topics(installation.kafka.bootstrapServers())) {
			await("all is committed").atMost(LIMIT)
				.until(() -> topics.waiting(installation.topic, installation.group) == 0);
		}
	}

	private static void killAndRestart(List<ManagedProcess> parts, Duration down) {
		parts.forEach(ManagedProcess::kill);
		Faults.pass(down);
		parts.forEach(ManagedProcess::start);
	}

	private record Fault(String name, java.util.function.Consumer<Duration> action) {

		void happen(Random random) {
			var length = Duration.ofMillis(random.nextInt(LONGEST_FAULT_MS));
			log.info("{} for {} ms", this.name, length.toMillis());
			this.action.accept(length);
		}

	}

}
