package io.dapr.quickstarts.bindings;

import java.time.Duration;
import java.util.function.Consumer;

import io.dapr.quickstarts.bindings.launcher.kafka.KafkaBroker;
import io.dapr.quickstarts.bindings.launcher.kafka.Topics;
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
		fault.run();
		assertThat(installation.consumerLines)
			.anyMatch((line) -> line.contains("The state store statestore failed: ") && line.contains(failure));
		await("the stream goes on").atMost(Installation.LIMIT).untilAsserted(() -> {
			assertThat(installation.account(run)).isEqualTo(Account.of(ORDERS));
			assertThat(waiting(installation)).isZero();
		});
		assertThat(installation.account(run)).isEqualTo(Account.of(ORDERS));
	}

	private static long waiting(Installation installation) {
		try (var topics = new Topics(installation.kafka)) {
			return topics.waiting(installation.topic, installation.group);
		}
	}

}
