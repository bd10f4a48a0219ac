package io.dapr.quickstarts.bindings.launcher.orders;

import java.time.Instant;
import java.time.InstantSource;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class OrderTrackerTest {

	private static final String RUN = "3f2a9c1b7d40";

	private static final String SECOND_RUN = "0123456789ab";

	private static final String BURST = "ffffffffffff";

	private long now = 1_000_000;

	private final OrderTracker tracker = new OrderTracker(new InstantSource() {

		@Override
		public Instant instant() {
			return Instant.ofEpochMilli(OrderTrackerTest.this.now);
		}

	});

	@Test
	void followsAnOrderFromSendingToReceipt() {
		startProducer(RUN);
		send(1);
		this.now += 30;
		receive(RUN, 1);
		assertThat(this.tracker.counters()).isEqualTo(new Counters(1, 1, 1, 0, 0, 0, 0));
		assertThat(this.tracker.latest()).containsExactly(new Delivery(RUN + "-1", 1_000_000L, 30L));
		assertThat(this.tracker.fault(1)).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = {
			"2026-11-25T14:40:00.123Z  INFO 4711 --- [consumer-app] [nio-3000-exec-1] [3f2a9c1b7d40-1] i.d.q.b.c.OrderController : { orderId: 1 }",
			"{ orderId: 1 } 3f2a9c1b7d40-1",
			"{\"@timestamp\":\"2026-11-25T14:40:00.123Z\",\"message\":\"{ orderId: 1 }\",\"messageId\":\"3f2a9c1b7d40-1\"}" })
	void readsTheMessageIdInAnyFormat(String line) {
		startProducer(RUN);
		send(1);
		this.tracker.readConsumer(line);
		assertThat(this.tracker.fault(1)).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "[3f2a9c1b7d40-1] Hello from Kafka!", "[] { orderId: 1 }", "[3f2a9c1b7d40-2] { orderId: 1 }",
					"[b97e8aa2-1d9c-4a35-a1b8-3f2a9c1b7d40] { orderId: 1 }", "[0123456789ab-1] { orderId: 1 }" })
	void anotherLineTellsNoOrder(String line) {
		startProducer(RUN);
		send(1);
		this.tracker.readConsumer(line);
		assertThat(this.tracker.counters().received()).isZero();
		assertThat(this.tracker.fault(1)).hasValue("missing: 1");
	}

	@Test
	void theConsumersLineMayBeReadFirst() {
		receive(RUN, 1);
		startProducer(RUN);
		receive(RUN, 2);
		send(1);
		send(2);
		assertThat(this.tracker.counters()).isEqualTo(new Counters(2, 2, 2, 0, 0, 0, 0));
		assertThat(this.tracker.fault(2)).isEmpty();
	}

	@Test
	void countsRedeliveriesWhetherTheyAreHandledAgainOrSkipped() {
		startProducer(RUN);
		send(1);
		send(2);
		receive(RUN, 1);
		receive(RUN, 2);
		this.tracker.readConsumer("[3f2a9c1b7d40-2] i.d.q.b.c.OrderController : Order 2 was delivered again; skipped");
		assertThat(this.tracker.counters()).isEqualTo(new Counters(2, 2, 2, 1, 0, 0, 0));
		assertThat(this.tracker.fault(2)).isEmpty();
		receive(RUN, 2);
		assertThat(this.tracker.counters()).isEqualTo(new Counters(2, 2, 2, 2, 0, 0, 0));
		assertThat(this.tracker.fault(2)).hasValue("handled more than once: 2");
	}

	@Test
	void anAcceptedOrderThatIsAcknowledgedButNotReceivedIsLost() {
		startProducer(RUN);
		send(1);
		send(2);
		receive(RUN, 2);
		assertThat(this.tracker.counters().lost()).isZero();
		assertThat(this.tracker.awaits(2)).isTrue();
		this.tracker.acknowledge(this.tracker.undelivered());
		assertThat(this.tracker.counters().lost()).isEqualTo(1);
		assertThat(this.tracker.awaits(2)).isFalse();
		assertThat(this.tracker.fault(2)).hasValue("missing: 1");
		receive(RUN, 1);
		assertThat(this.tracker.counters()).isEqualTo(new Counters(2, 2, 2, 0, 0, 0, 1));
		assertThat(this.tracker.fault(2)).hasValue("out of order: 1");
	}

	@Test
	void onlyWhatWasUndeliveredWhenTheConsumerWasElsewhereIsLost() {
		startProducer(RUN);
		send(1);
		var earlier = this.tracker.undelivered();
		send(2);
		this.tracker.acknowledge(earlier);
		assertThat(this.tracker.counters().lost()).isEqualTo(1);
	}

	@Test
	void anOrderThatWasNotAcceptedIsNotLost() {
		startProducer(RUN);
		this.tracker.readProducer("{\"data\":{\"orderId\":1},\"operation\":\"create\"}");
		this.tracker.acknowledge(this.tracker.undelivered());
		assertThat(this.tracker.counters()).isEqualTo(new Counters(1, 0, 0, 0, 0, 0, 0));
	}

	@Test
	void ofARestartedProducerTheLastRunHasToBeComplete() {
		startProducer(RUN);
		send(1);
		this.tracker.readProducer("{\"data\":{\"orderId\":2},\"operation\":\"create\"}");
		startProducer(SECOND_RUN);
		send(1);
		receive(RUN, 1);
		receive(SECOND_RUN, 1);
		assertThat(this.tracker.fault(2)).hasValue("missing: 2");
		send(2);
		receive(SECOND_RUN, 2);
		assertThat(this.tracker.fault(2)).isEmpty();
		assertThat(this.tracker.counters()).isEqualTo(new Counters(4, 3, 3, 0, 0, 0, 0));
	}

	@Test
	void whatAKilledProducerHadAcceptedHasToBeReceived() {
		startProducer(RUN);
		send(1);
		startProducer(SECOND_RUN);
		send(1);
		receive(SECOND_RUN, 1);
		assertThat(this.tracker.awaits(1)).isTrue();
		assertThat(this.tracker.fault(1)).hasValue("missing: 1");
	}

	@Test
	void aBurstIsCountedAndDoesNotDisturbTheProducersRun() {
		startProducer(RUN);
		send(1);
		for (var order = 1; order <= 1000; order++) {
			this.tracker.send(new MessageId(BURST, order));
			this.tracker.accept(new MessageId(BURST, order));
			receive(BURST, order);
		}
		send(2);
		receive(RUN, 1);
		assertThat(this.tracker.awaits(2)).isTrue();
		receive(RUN, 2);
		assertThat(this.tracker.awaits(2)).isFalse();
		assertThat(this.tracker.fault(2)).isEmpty();
		assertThat(this.tracker.counters()).isEqualTo(new Counters(1002, 1002, 1002, 0, 0, 0, 0));
		assertThat(this.tracker.latest()).hasSize(20);
		this.now += 1000;
		assertThat(this.tracker.seconds()).hasSize(120).endsWith(new Second(1002, 0));
	}

	@Test
	void ordersOfAnotherProgramAreNotCounted() {
		startProducer(RUN);
		LongStream.rangeClosed(1, 1000).forEach((run) -> receive("%012x".formatted(run), 1));
		this.tracker.readConsumer("[] { orderId: 77 }");
		assertThat(this.tracker.counters()).isEqualTo(new Counters(0, 0, 0, 0, 0, 0, 0));
		assertThat(this.tracker.latest()).isEmpty();
	}

	@Test
	void malformedRecordsAreCounted() {
		this.tracker.readConsumer(
				"[] Rejected the record at offset 12 of partition 0 of sample: not JSON; kept in sample-dead-letter");
		assertThat(this.tracker.counters()).isEqualTo(new Counters(0, 0, 0, 0, 1, 0, 0));
	}

	@Test
	void saysWhatItLookedForIfTheConsumerNoLongerLogsOrders() {
		startProducer(RUN);
		send(1);
		send(2);
		this.tracker.readConsumer("[3f2a9c1b7d40-1] Charged the customer");
		this.tracker.acknowledge(this.tracker.undelivered());
		assertThat(this.tracker.awaits(2)).isFalse();
		assertThat(this.tracker.fault(2)).hasValueSatisfying(
				(fault) -> assertThat(fault).startsWith("the consumer has acknowledged all 2 orders, but")
					.contains("does OrderController still log \"{ orderId: 1 }\"", RUN + "-1"));
	}

	@Test
	void saysWhatItLookedForIfTheProducerNoLongerLogsItsRun() {
		send(1);
		assertThat(this.tracker.awaits(1)).isFalse();
		assertThat(this.tracker.fault(1)).hasValueSatisfying((fault) -> assertThat(fault).contains("\"Run \""));
	}

	private void startProducer(String run) {
		this.tracker.readProducer("Waiting for the Dapr sidecar at ports 3500 (HTTP) and 50001 (gRPC)");
		this.tracker.readProducer("Run " + run);
	}

	private void send(long order) {
		this.tracker.readProducer("{\"data\":{\"orderId\":%d},\"operation\":\"create\"}".formatted(order));
		this.tracker.readProducer("Response for order %d: OK".formatted(order));
	}

	private void receive(String run, long order) {
		var format = "2026-11-25T14:40:00.123Z  INFO 4711 --- [consumer-app] [nio-3000-exec-1] [%s-%d] i.d.q.b.c.OrderController : %s";
		this.tracker.readConsumer(format.formatted(run, order, "Hello from Kafka!"));
		this.tracker.readConsumer(format.formatted(run, order, "{ orderId: " + order + " }"));
	}

}
