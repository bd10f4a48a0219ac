package io.dapr.quickstarts.bindings;

import java.time.Duration;

import io.dapr.quickstarts.bindings.launcher.kafka.KafkaBroker;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Parts fail in the middle of the stream: no order is lost, skipped or out of order. */
@OnKafka
@Order(2)
class FaultsIT {

	private static final int ORDERS = 150;

	/** More than 20 orders per second. */
	private static final Duration INTERVAL = Duration.ofMillis(40);

	/** Arrived before the fault, so that it comes in the middle. */
	private static final int BEFORE = 20;

	private static final Duration DOWN = Duration.ofSeconds(3);

	private Installation installation;

	@BeforeEach
	void take(@OwnBroker Installation installation) {
		this.installation = installation;
	}

	@Test
	void consumerKilled() {
		send(ORDERS);
		Faults.killAndRestart(this.installation.consumer, DOWN);

		assertThat(this.installation.awaitAllInLedger(ORDERS)).isEqualTo(Account.of(ORDERS));
	}

	@Test
	void consumerSidecarKilled() {
		send(ORDERS);
		Faults.killAndRestart(this.installation.consumerSidecar.process(), DOWN);

		assertThat(this.installation.awaitAllInLedger(ORDERS)).isEqualTo(Account.of(ORDERS));
	}

	@Test
	void producerSidecarKilled() {
		send(ORDERS);
		Faults.killAndRestart(this.installation.producerSidecar.process(), DOWN);

		this.installation.awaitAllOnceInOrder(ORDERS);
		assertThat(this.installation.producerLines).anyMatch((line) -> line.startsWith("Not accepted, trying again: "));
	}

	@Test
	void brokerKilled() {
		send(ORDERS);
		Faults.killAndRestart(this.installation.kafka, DOWN);

		this.installation.awaitAllOnceInOrder(ORDERS);
	}

	@Test
	void consumerFrozen() {
		send(ORDERS);
		Faults.freeze(this.installation.consumer, Duration.ofSeconds(10));

		assertThat(this.installation.awaitAllInLedger(ORDERS)).isEqualTo(Account.of(ORDERS));
	}

	@Test
	void consumerAnswers500(KafkaBroker kafka) throws Exception {
		try (var proxy = new FailingProxy();
				var installation = Installation.on(kafka).deliveryPort(proxy.port()).build()) {
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
	void producerStoppedAndStartedAgain() {
		send(ORDERS);
		this.installation.stopProducer();
		var sent = this.installation.accepted();
		this.installation.awaitArrivals(sent);
		this.installation.startProducer(ORDERS, INTERVAL);

		await("the orders of both have arrived").atMost(Installation.LIMIT)
			.until(() -> !this.installation.orders.awaits(ORDERS));
		assertThat(this.installation.orders.fault(ORDERS)).isEmpty();
		assertThat(this.installation.orders.counters().received()).isEqualTo(sent + ORDERS);
	}

	@Test
	void oneAfterTheOther() {
		// Without end, so that there are orders in flight however long the faults take.
		send(0);
		Faults.killAndRestart(this.installation.consumer, DOWN);
		this.installation.awaitFurtherArrivals(BEFORE);
		Faults.killAndRestart(this.installation.consumerSidecar.process(), DOWN);
		this.installation.awaitFurtherArrivals(BEFORE);
		Faults.killAndRestart(this.installation.producerSidecar.process(), DOWN);
		this.installation.awaitFurtherArrivals(BEFORE);
		Faults.killAndRestart(this.installation.kafka, DOWN);
		this.installation.awaitFurtherArrivals(BEFORE);
		this.installation.stopProducer();

		var sent = this.installation.accepted();
		assertThat(sent).isGreaterThan(4 * BEFORE);
		// The order in flight may be in the topic, though the producer was not told.
		assertThat(this.installation.awaitAllInLedger(sent)).isIn(Account.of(sent), Account.of(sent + 1));
	}

	private void send(long orders) {
		this.installation.startProducer(orders, INTERVAL);
		this.installation.awaitArrivals(BEFORE);
	}

}
