package io.dapr.quickstarts.bindings;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

import io.dapr.quickstarts.bindings.launcher.kafka.KafkaBroker;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The state store fails in the middle of the stream: nothing is acknowledged that is not
 * in it, and the stream goes on when it is back.
 */
@OnKafka
class StateStoreIT {

	private static final int ORDERS = 200;

	private static final Duration INTERVAL = Duration.ofMillis(20);

	private static final Duration LENGTH = Duration.ofSeconds(6);

	@Test
	void fileLocked(KafkaBroker kafka) {
		try (var installation = new Installation(kafka)) {
			fails(installation, "database is locked", () -> StateFile.lock(installation.stateFile(), LENGTH));
		}
	}

	@Test
	void diskFull(KafkaBroker kafka) {
		try (var disk = new SmallDisk(); var installation = new Installation(kafka)) {
			installation.keepStateIn(disk.folder());
			fails(installation, "database or disk is full", () -> {
				disk.fill();
				Faults.pass(LENGTH);
				disk.makeRoom();
			});
		}
	}

	@Test
	void serverKilled(KafkaBroker kafka) {
		withPostgres(kafka, "connect", (postgres) -> postgres.killAndRestart(LENGTH));
	}

	/** Each call takes as long as it may. */
	@Test
	void serverFrozen(KafkaBroker kafka) {
		withPostgres(kafka, "no answer within 1500 ms", (postgres) -> postgres.freeze(LENGTH.multipliedBy(3)));
	}

	/** As when a partition moves while a slow consumer still handles an order of it. */
	@Test
	void ofTwoReplicasWithTheSameOrderOneIsRefused(KafkaBroker kafka) {
		try (var postgres = new Postgres(); var first = new Installation(kafka); var second = new Installation(kafka)) {
			postgres.start();
			for (var replica : List.of(first, second)) {
				replica.useStateStore(postgres.component());
				replica.startConsumer();
			}
			var order = new AtomicLong();
			var answers = await("both were handling the order").atMost(Installation.LIMIT)
				// The sidecars create the table.
				.ignoreExceptionsInstanceOf(SQLException.class)
				.until(() -> handleAtTheSameTime(postgres, order.incrementAndGet(), first, second),
						(codes) -> codes.contains(200));
			assertThat(answers).containsExactlyInAnyOrder(200, 503);
		}
	}

	/** What they answer; nothing if they did not both get to writing in time. */
	private static List<Integer> handleAtTheSameTime(Postgres postgres, long order, Installation... replicas)
			throws SQLException {
		var answers = new ArrayList<CompletableFuture<Integer>>();
		var both = false;
		try (var lock = postgres.lock()) {
			for (var replica : replicas) {
				answers.add(replica.deliver(order));
			}
			await("both wait, or one has given up").atMost(Installation.LIMIT)
				.pollInterval(Duration.ofMillis(10))
				.until(() -> Postgres.waiting(lock) == 2 || answers.stream().anyMatch(CompletableFuture::isDone));
			both = answers.stream().noneMatch(CompletableFuture::isDone);
		}
		var codes = answers.stream().map(CompletableFuture::join).toList();
		return both ? codes : List.of();
	}

	private static void withPostgres(KafkaBroker kafka, String failure, Consumer<Postgres> fault) {
		try (var postgres = new Postgres(); var installation = new Installation(kafka)) {
			postgres.start();
			installation.useStateStore(postgres.component());
			fails(installation, failure, () -> fault.accept(postgres));
		}
	}

	private static void fails(Installation installation, String failure, Runnable fault) {
		installation.start(ORDERS, INTERVAL);
		var run = installation.runId();
		await("the stream flows").atMost(Installation.LIMIT).until(() -> installation.account(run).orders() > 20);
		// On a slow machine the consumer's own limit may come before the failure.
		await("the failure is told").atMost(Installation.LIMIT).until(() -> {
			fault.run();
			return installation.consumerLines.stream()
				.anyMatch((line) -> line.contains("The state store statestore failed: ") && line.contains(failure));
		});
		assertThat(installation.awaitAllInLedger(ORDERS)).isEqualTo(Account.of(ORDERS));
	}

}
