package io.dapr.quickstarts.bindings;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Consumer;

import io.dapr.quickstarts.bindings.launcher.kafka.KafkaBroker;
import io.dapr.quickstarts.bindings.launcher.process.ManagedProcess;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Parts fail at random in the middle of the stream, and yet each order takes effect once
 * and in order, by what the ledger says. CONTRIBUTING.md has the command for a longer
 * run. A failure names the seed, with which ({@code -Donce.seed}) the same faults come
 * again.
 */
@OnKafka
@Order(1)
class ExactlyOnceIT {

	private static final long ORDERS = Long.getLong("once.orders", 4_000);

	private static final int FAULTS = Integer.getInteger("once.faults", 8);

	private static final long SEED = Long.getLong("once.seed", System.nanoTime());

	private static final int ORDERS_PER_SECOND = 200;

	private static final int LONGEST_FAULT_MS = 3000;

	/** After which Kafka gives a member's partitions to others, as the binding has it. */
	private static final Duration SESSION_TIMEOUT = Duration.ofSeconds(10);

	/**
	 * How much smaller the run with several replicas is, in which each fault takes
	 * longer.
	 */
	private static final int SHARE = 4;

	/** How long the orders between two faults may take, on a busy machine. */
	private static final Duration LIMIT = Duration.ofMinutes(5);

	private static final Logger log = LoggerFactory.getLogger(ExactlyOnceIT.class);

	private final Random random = new Random(SEED);

	@Test
	void withTheEmbeddedStore(@OwnBroker KafkaBroker kafka) {
		try (var installation = new Installation(kafka)) {
			var faults = List.of(consumerKilled(installation), sidecarKilled(installation), bothKilled(installation),
					producersSidecarKilled(installation), brokerKilled(kafka),
					new Fault("state file locked", (length) -> StateFile.lock(installation.stateFile(), length)));
			restartSidecars(installation);
			installation.start(ORDERS, Duration.ofMillis(1000 / ORDERS_PER_SECOND));
			letFail(faults, FAULTS, List.of(installation), ORDERS);
		}
	}

	@Test
	void withTwoReplicasThreePartitionsAndPostgres(@OwnBroker KafkaBroker kafka) {
		var topic = "sample-" + UUID.randomUUID();
		try (var postgres = new Postgres();
				var first = Installation.on(kafka).topic(topic).partitions(3).build();
				var second = Installation.on(kafka).topic(topic).partitions(3).build();
				var third = Installation.on(kafka).topic(topic).partitions(3).build()) {
			postgres.start();
			for (var replica : List.of(first, second)) {
				replica.useStateStore(postgres.component());
				replica.startConsumer();
			}
			// The third one only sends: three runs, of which each has its partition.
			var all = List.of(first, second, third);
			all.forEach(ExactlyOnceIT::restartSidecars);
			for (var installation : all) {
				installation.startProducerSidecar();
				installation.startProducer(ORDERS / SHARE / all.size(),
						Duration.ofMillis(1000L * all.size() / ORDERS_PER_SECOND));
			}
			letFail(List.of(consumerKilled(first), consumerKilled(second), sidecarKilled(first), sidecarKilled(second),
					bothKilled(first), bothKilled(second), nodeFrozen(first), nodeFrozen(second),
					producersSidecarKilled(third), brokerKilled(kafka),
					new Fault("PostgreSQL killed", postgres::killAndRestart),
					new Fault("PostgreSQL frozen", postgres::freeze)), FAULTS / SHARE, all,
					ORDERS / SHARE / all.size());
		}
	}

	/**
	 * As Kubernetes does: a sidecar ends if Kafka or the state store fails just when it
	 * starts.
	 */
	private static void restartSidecars(Installation installation) {
		installation.consumerSidecar.process().onDeath(ManagedProcess::start);
		installation.producerSidecar.process().onDeath(ManagedProcess::start);
	}

	private static Fault consumerKilled(Installation installation) {
		return new Fault("consumer killed", (down) -> Faults.killAndRestart(installation.consumer, down));
	}

	private static Fault sidecarKilled(Installation installation) {
		return new Fault("consumer's sidecar killed",
				(down) -> Faults.killAndRestart(installation.consumerSidecar.process(), down));
	}

	private static Fault bothKilled(Installation installation) {
		var both = List.of(installation.consumer, installation.consumerSidecar.process());
		return new Fault("consumer and its sidecar killed", (down) -> {
			both.forEach(ManagedProcess::kill);
			Faults.pass(down);
			both.forEach(ManagedProcess::start);
		});
	}

	/**
	 * For so long that its partitions go to the other one, which handles the order that
	 * this one handles.
	 */
	private static Fault nodeFrozen(Installation installation) {
		var both = List.of(installation.consumerSidecar.process(), installation.consumer);
		return new Fault("consumer and its sidecar frozen", (length) -> {
			both.forEach(ManagedProcess::freeze);
			Faults.pass(SESSION_TIMEOUT.plus(length));
			both.forEach(ManagedProcess::thaw);
		});
	}

	private static Fault producersSidecarKilled(Installation installation) {
		return new Fault("producer's sidecar killed",
				(down) -> Faults.killAndRestart(installation.producerSidecar.process(), down));
	}

	private static Fault brokerKilled(KafkaBroker kafka) {
		return new Fault("broker killed", (down) -> Faults.killAndRestart(kafka, down));
	}

	/** Lets faults happen all along the stream and then reads the ledger. */
	private void letFail(List<Fault> faults, int number, List<Installation> producing, long each) {
		var runs = producing.stream().map(Installation::runId).toList();
		for (var count = 1; count <= number; count++) {
			awaitOrders(producing, runs, each * runs.size() * count / (number + 1));
			faults.get(this.random.nextInt(faults.size())).happen(this.random);
			producing.forEach(Installation::forgetLines);
		}
		awaitOrders(producing, runs, each * runs.size());
		producing.get(0).awaitAllCommitted();
		var accounts = runs.stream().map((run) -> account(producing, run)).toList();
		log.info("{} faults, seed {}: {}", number, SEED, accounts);
		assertThat(accounts).as("seed " + SEED).containsOnly(Account.of(each));
	}

	private static void awaitOrders(List<Installation> installations, List<String> runs, long orders) {
		await("%d orders are in the ledger (seed %d)".formatted(orders, SEED)).atMost(LIMIT)
			.pollInterval(Duration.ofMillis(50))
			.until(() -> runs.stream().mapToLong((run) -> account(installations, run).orders()).sum() >= orders);
	}

	/** Any of the sidecars will do. */
	private static Account account(List<Installation> installations, String run) {
		return installations.stream()
			.map((installation) -> installation.account(run))
			.filter((account) -> !account.equals(Account.NONE))
			.findFirst()
			.orElse(Account.NONE);
	}

	private record Fault(String name, Consumer<Duration> action) {

		void happen(Random random) {
			var length = Duration.ofMillis(random.nextInt(LONGEST_FAULT_MS));
			log.info("{} for {} ms", this.name, length.toMillis());
			this.action.accept(length);
		}

	}

}
