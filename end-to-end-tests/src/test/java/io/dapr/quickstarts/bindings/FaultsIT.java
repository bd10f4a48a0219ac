package io.dapr.quickstarts.bindings;

import java.time.Duration;
import java.util.OptionalInt;

import io.dapr.quickstarts.bindings.launcher.kafka.KafkaBroker;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Parts fail in the middle of the stream: no order is lost, skipped or out of order. */
@OnKafka
class FaultsIT {

	private static final int ORDERS = 150;

	/** More than 20 orders per second. */
	private static final Duration INTERVAL = Duration.ofMillis(40);

	/** Arrived before the fault, so that it comes in the middle. */
	private static final int BEFORE = 20;

	private static final Duration DOWN = Duration.ofSeconds(3);

	@Test
	void consumerKilled(KafkaBroker kafka) {
		try (var installation = started(kafka)) {
			Faults.killAndRestart(installation.consumer, DOWN);

			assertThat(installation.awaitAllInLedger(ORDERS)).isEqualTo(Account.of(ORDERS));
		}
	}

	@Test
	void consumerSidecarKilled(KafkaBroker kafka) {
		try (var installation = started(kafka)) {
			Faults.killAndRestart(installation.consumerSidecar.process(), DOWN);

			assertThat(installation.awaitAllInLedger(ORDERS)).isEqualTo(Account.of(ORDERS));
		}
	}

	@Test
	void producerSidecarKilled(KafkaBroker kafka) {
		try (var installation = started(kafka)) {
			Faults.killAndRestart(installation.producerSidecar.process(), DOWN);

			installation.awaitAllOnceInOrder(ORDERS);
			assertThat(installation.producerLines).anyMatch((line) -> line.startsWith("Not accepted, trying again: "));
		}
	}

	@Test
	void brokerKilled(@OwnBroker KafkaBroker kafka) {
		try (var installation = started(kafka)) {
			Faults.killAndRestart(kafka, DOWN);

			installation.awaitAllOnceInOrder(ORDERS);
		}
	}

	@Test
	void consumerFrozen(KafkaBroker kafka) {
		try (var installation = started(kafka)) {
			Faults.freeze(installation.consumer, Duration.ofSeconds(10));

			assertThat(installation.awaitAllInLedger(ORDERS)).isEqualTo(Account.of(ORDERS));
		}
	}

	@Test
	void consumerAnswers500(KafkaBroker kafka) throws Exception {
		try (var proxy = new FailingProxy();
				var installation = new Installation(kafka, "sample-500", 1, "group1", OptionalInt.of(proxy.port()))) {
			proxy.forwardTo(installation.consumerPort);
			installation.start(ORDERS, INTERVAL);
			installation.awaitArrivals(BEFORE);
			proxy.fail(true);
			await("deliveries fail").atMost(Installation.LIMIT).until(() -> proxy.failures() >= 3);
			proxy.fail(false);

			installation.awaitAllOnceInOrder(ORDERS);
		}
	}

	@Test
	void producerStoppedAndStartedAgain(KafkaBroker kafka) {
		try (var installation = started(kafka)) {
			installation.stopProducer();
			var sent = installation.accepted();
			installation.awaitArrivals(sent);
			installation.startProducer(ORDERS, INTERVAL);

			await("the orders of both have arrived").atMost(Installation.LIMIT)
				.until(() -> !installation.orders.awaits(ORDERS));
			assertThat(installation.orders.fault(ORDERS)).isEmpty();
			assertThat(installation.orders.counters().received()).isEqualTo(sent + ORDERS);
		}
	}

	@Test
	void oneAfterTheOther(@OwnBroker KafkaBroker kafka) {
		try (var installation = new Installation(kafka)) {
			// Without end, so that there are orders under way however long the faults
			// take.
			installation.start(0, INTERVAL);
			installation.awaitArrivals(BEFORE);
			Faults.killAndRestart(installation.consumer, DOWN);
			awaitProgress(installation);
			Faults.killAndRestart(installation.consumerSidecar.process(), DOWN);
			awaitProgress(installation);
			Faults.killAndRestart(installation.producerSidecar.process(), DOWN);
			awaitProgress(installation);
			Faults.killAndRestart(kafka, DOWN);
			awaitProgress(installation);
			installation.stopProducer();

			var sent = installation.accepted();
			assertThat(sent).isGreaterThan(4 * BEFORE);
			// The order in hand may be in the topic, though the producer was not told.
			assertThat(installation.awaitAllInLedger(sent)).isIn(Account.of(sent), Account.of(sent + 1));
		}
	}

	private static Installation started(KafkaBroker kafka) {
		var installation = new Installation(kafka);
		installation.start(ORDERS, INTERVAL);
		installation.awaitArrivals(BEFORE);
		return installation;
	}

	private static void awaitProgress(Installation installation) {
		installation.awaitArrivals(installation.deliveries.soFar().firstDeliveries().size() + BEFORE);
	}

}
