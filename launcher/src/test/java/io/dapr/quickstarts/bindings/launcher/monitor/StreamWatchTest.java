package io.dapr.quickstarts.bindings.launcher.monitor;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.dapr.quickstarts.bindings.launcher.kafka.Offsets;
import io.dapr.quickstarts.bindings.launcher.orders.Counters;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class StreamWatchTest {

	private static final TopicPartition PARTITION = new TopicPartition("sample", 0);

	private static final String REFUSED = "time=\"2026-11-25T14:40:00Z\" level=warning msg=\"Error processing Kafka message: sample/0/7 [key=]. Error: fails. Retrying...\"";

	private static final String TAKEN = "level=info msg=\"Successfully processed Kafka message after it previously failed: sample/0/7 [key=]\"";

	private final List<String> said = new ArrayList<>();

	private final Services services = new Services();

	private int members = 1;

	private boolean hasRecord = true;

	private final DeliveryWatch delivery = new DeliveryWatch(this.services, "group1", () -> this.members,
			(partition, offset) -> this.hasRecord);

	private final AcceptanceWatch acceptance = new AcceptanceWatch(this.services, Duration.ofSeconds(60));

	private final StreamWatch watch = new StreamWatch(this.acceptance, this.delivery,
			new EventLog(InstantSource.system()), this.said::add);

	private Optional<Counters> orders = Optional.empty();

	private Optional<Map<TopicPartition, Offsets>> offsets = offsets(10, 10);

	@BeforeEach
	void startAll() {
		for (var service : this.services.all()) {
			service.attach(null, () -> {
			}, () -> {
			});
			service.answers(true);
		}
	}

	@Test
	void aLagThatShrinksIsNoStandstill() {
		for (var next = 0; next < 10; next++) {
			this.offsets = offsets(100, next);
			pass(14);
		}
		assertThat(this.said).isEmpty();
	}

	@Test
	void nothingToDeliverIsNoStandstill() {
		pass(600);
		assertThat(this.said).isEmpty();
	}

	@Test
	void offsetsWithoutRecordsAreNoStandstill() {
		this.hasRecord = false;
		this.offsets = offsets(11, 10);
		pass(600);
		assertThat(this.said).isEmpty();
	}

	@Test
	void aRestartIsNoStandstill() {
		this.offsets = offsets(10, 7);
		for (var restarts = 0; restarts < 10; restarts++) {
			this.services.get(ServiceName.CONSUMER).kill();
			pass(5);
			this.services.get(ServiceName.CONSUMER).start();
			pass(30);
			this.services.get(ServiceName.CONSUMER).answers(true);
			pass(9);
		}
		assertThat(this.said).isEmpty();
	}

	@Test
	void aConsumerThatDoesNotRespondIsNamedOnceAndTheRecoveryToo() {
		this.offsets = offsets(10, 7);
		this.services.get(ServiceName.CONSUMER).answers(false);
		pass(14);
		assertThat(this.said).isEmpty();
		pass(60);
		assertThat(this.said)
			.containsExactly("no order has been delivered for 15 s, 3 wait: the consumer does not respond");
		assertThat(this.watch.standstills()).singleElement()
			.extracting(Standstill::service)
			.isEqualTo(ServiceName.CONSUMER);
		this.offsets = offsets(10, 8);
		pass(1);
		assertThat(this.said).endsWith("orders are delivered again").hasSize(2);
		assertThat(this.watch.standstills()).isEmpty();
	}

	@Test
	void aSidecarThatHasLeftTheGroupIsNamed() {
		this.members = 0;
		this.offsets = offsets(10, 7);
		pass(16);
		assertThat(this.said).containsExactly("no order has been delivered for 15 s, 3 wait: "
				+ "the consumer's sidecar has left the consumer group group1 and reads nothing");
	}

	@Test
	void aSidecarSaysWhyItReadsNothing() {
		this.members = 0;
		this.offsets = offsets(10, 7);
		pass(5);
		this.delivery.readSidecar("level=error msg=\"Error consuming [sample]. Retrying...: kafka server: "
				+ "The client is not authorized to access this group\" app_id=consumer-app");
		pass(11);
		assertThat(this.said).singleElement()
			.asString()
			.endsWith("has left the consumer group group1 and reads nothing: kafka server: "
					+ "The client is not authorized to access this group");
	}

	@Test
	void aRecordThatIsRedeliveredWithoutEndIsNamed() {
		this.delivery.readSidecar(REFUSED);
		this.offsets = offsets(10, 7);
		pass(16);
		assertThat(this.said).containsExactly("no order has been delivered for 15 s, 3 wait: the consumer does not "
				+ "take the record at offset 7 of partition 0 of sample, which is redelivered again and again");
	}

	@Test
	void aRecordThatWasTakenInTheEndIsNotNamed() {
		this.delivery.readSidecar(REFUSED);
		this.delivery.readSidecar(TAKEN);
		this.offsets = offsets(10, 7);
		pass(16);
		assertThat(this.said).singleElement()
			.asString()
			.contains(
					"the consumer's sidecar is in the consumer group group1, but does not deliver the record at offset 7");
	}

	@Test
	void kafkaThatDoesNotRespondIsNamed() {
		this.orders = orders(8, 7);
		this.offsets = Optional.empty();
		this.services.get(ServiceName.KAFKA).answers(false);
		pass(20);
		assertThat(this.said).containsExactly("no order has been delivered for 15 s: Kafka does not respond");
		this.services.get(ServiceName.KAFKA).answers(true);
		this.offsets = offsets(10, 9);
		pass(1);
		assertThat(this.said).endsWith("Kafka responds again");
	}

	@Test
	void anotherServiceIsBlamedOnlyAfterAWhile() {
		this.offsets = offsets(10, 7);
		this.services.get(ServiceName.CONSUMER).answers(false);
		pass(20);
		this.services.get(ServiceName.CONSUMER).answers(true);
		pass(14);
		assertThat(this.said).hasSize(1);
		pass(6);
		assertThat(this.said).hasSize(2).last().asString().contains("the consumer's sidecar");
	}

	@Test
	void aSlowProducerIsNoStandstill() {
		this.orders = orders(7, 7);
		pass(74);
		assertThat(this.said).isEmpty();
		pass(2);
		assertThat(this.said).containsExactly("no order has been accepted for 75 s: the producer says nothing");
	}

	@Test
	void aSidecarThatTakesNoOrderIsNamed() {
		this.orders = orders(8, 7);
		this.acceptance.readProducer("Not accepted, trying again: no answer within 10 s");
		this.acceptance.readProducer("Not accepted, trying again: circuit breaker is open");
		pass(16);
		assertThat(this.said).containsExactly(
				"no order has been accepted for 15 s: the producer's sidecar answers: no answer within 10 s");
		this.orders = orders(8, 8);
		pass(1);
		assertThat(this.said).endsWith("orders are accepted again");
	}

	private static Optional<Map<TopicPartition, Offsets>> offsets(long end, long next) {
		return Optional.of(Map.of(PARTITION, new Offsets(end, next)));
	}

	private static Optional<Counters> orders(long sent, long accepted) {
		return Optional.of(new Counters(sent, accepted, 0, 0, 0, 0, 0));
	}

	private void pass(int seconds) {
		for (var second = 0; second < seconds; second++) {
			this.watch.check(Duration.ofSeconds(1), this.orders, this.offsets);
		}
	}

}
