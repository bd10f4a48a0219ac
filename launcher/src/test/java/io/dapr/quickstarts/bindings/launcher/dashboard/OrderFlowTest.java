package io.dapr.quickstarts.bindings.launcher.dashboard;

import java.time.Instant;
import java.time.InstantSource;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class OrderFlowTest {

	private long now = 1_000_000;

	private final OrderFlow flow = new OrderFlow(new InstantSource() {

		@Override
		public Instant instant() {
			return Instant.ofEpochMilli(OrderFlowTest.this.now);
		}

	});

	@Test
	void followsAnOrderFromSendingToArrival() {
		send(1);
		this.now += 30;
		arrive(1);
		assertThat(counters()).isEqualTo(new Counters(1, 1, 1, 0, 0, 0, 0));
		assertThat(this.flow.lastOrders()).singleElement().isEqualTo(new OrderRun.Arrival(1, 1_000_000, 30, true));
	}

	@Test
	void anArrivalThatIsReadBeforeItsSendingCounts() {
		arrive(1);
		send(1);
		assertThat(counters().arrived()).isEqualTo(1);
	}

	@Test
	void aSecondArrivalIsARepeat() {
		send(1);
		arrive(1);
		arrive(1);
		this.flow.readConsumer("10:00:00.000 Order 1 was delivered again; skipped");
		assertThat(counters()).isEqualTo(new Counters(1, 1, 1, 2, 0, 0, 0));
	}

	@Test
	void whatWasAcceptedAndDoesNotComeIsLostOnceTheConsumerIsPastIt() {
		send(1);
		send(2);
		arrive(2);
		this.now += 1;
		assertThat(counters().lost()).isZero();
		this.flow.settle(this.now);
		assertThat(counters().lost()).isEqualTo(1);
		arrive(1);
		assertThat(counters().lost()).isZero();
		assertThat(counters().outOfOrder()).isEqualTo(1);
	}

	@Test
	void whatWasNotAcceptedIsNotLost() {
		this.flow.readProducer("{\"data\":{\"orderId\":1},\"operation\":\"create\"}");
		this.now += 1;
		this.flow.settle(this.now);
		assertThat(counters()).isEqualTo(new Counters(1, 0, 0, 0, 0, 0, 0));
	}

	@Test
	void aRestartedProducersNumbersAreNewOrders() {
		send(1);
		send(2);
		arrive(1);
		arrive(2);
		send(1);
		arrive(1);
		assertThat(counters()).isEqualTo(new Counters(3, 3, 3, 0, 0, 0, 0));
	}

	@Test
	void whatAKilledProducerLeftBehindTakesNoLaterRunsPlace() {
		send(1);
		arrive(1);
		this.flow.readProducer("{\"data\":{\"orderId\":2},\"operation\":\"create\"}");
		startConsumer();
		startConsumer();
		for (var order = 1; order <= 4; order++) {
			send(order);
			arrive(order);
		}
		this.now += 1;
		this.flow.settle(this.now);
		assertThat(counters()).isEqualTo(new Counters(6, 5, 5, 0, 0, 0, 0));
	}

	@Test
	void whatAKilledProducerLeftBehindMayArriveAllTheSame() {
		send(1);
		this.flow.readProducer("{\"data\":{\"orderId\":2},\"operation\":\"create\"}");
		send(1);
		send(2);
		for (var order : new long[] { 1, 2, 1, 2 }) {
			arrive(order);
		}
		assertThat(counters()).isEqualTo(new Counters(4, 3, 4, 0, 0, 0, 0));
	}

	@Test
	void aRestartedConsumersRepeatOfAnOldRunDoesNotHideALoss() {
		startConsumer();
		for (var order = 1; order <= 4; order++) {
			send(order);
			arrive(order);
		}
		for (var order = 1; order <= 4; order++) {
			send(order);
		}
		startConsumer();
		// Of the old run; the new run's 1 is due.
		arrive(3);
		arrive(4);
		arrive(1);
		arrive(2);
		this.now += 1;
		this.flow.settle(this.now);
		assertThat(counters()).isEqualTo(new Counters(8, 8, 6, 2, 0, 2, 0));
	}

	@Test
	void thePagesOwnOrdersHaveNumbersOfTheirOwn() {
		send(1);
		var order = this.flow.sendOwn();
		this.flow.acceptOwn(order);
		arrive(order);
		assertThat(order).isEqualTo(1_000_000_001);
		assertThat(counters()).isEqualTo(new Counters(2, 2, 1, 0, 0, 0, 0));
	}

	@Test
	void ordersThatSomebodyElseSentAreNotCounted() {
		arrive(77);
		this.flow.readConsumer("10:00:00.000 Rejected the record at offset 3 of partition 0 of sample: empty; kept");
		assertThat(counters()).isEqualTo(new Counters(0, 0, 0, 0, 1, 0, 0));
	}

	@Test
	void aThousandOrdersInASecondAreOneSecondOfThePlot() {
		for (var order = 1; order <= 1000; order++) {
			send(order);
			arrive(order);
		}
		this.now += 2000;
		assertThat(counters().arrived()).isEqualTo(1000);
		assertThat(this.flow.lastSeconds()).hasSize(120).contains(new Second(1000, 0));
		assertThat(this.flow.lastOrders()).hasSize(20);
	}

	private void send(long order) {
		this.flow.readProducer("{\"data\":{\"orderId\":%d},\"operation\":\"create\"}".formatted(order));
		this.flow.readProducer("Response for order %d: OK".formatted(order));
	}

	private void arrive(long order) {
		this.flow.readConsumer("10:00:00.000 Hello from Kafka!");
		this.flow.readConsumer("10:00:00.000 { orderId: %d }".formatted(order));
	}

	private void startConsumer() {
		counters();
		this.flow.readConsumer("10:00:00.000 Consumer app listening on port 3000!");
	}

	/** What is known when all arrivals were looked at. */
	private Counters counters() {
		this.now += OrderFlow.DELAY;
		try {
			return this.flow.counters();
		}
		finally {
			this.now -= OrderFlow.DELAY;
		}
	}

}
