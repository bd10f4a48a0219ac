package io.dapr.quickstarts.bindings.launcher.dashboard;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

class FaultsTest {

	private static final InstantSource CLOCK = InstantSource.system();

	private final Parts parts = new Parts();

	private final Events events = new Events(CLOCK);

	private final OrderFlow flow = new OrderFlow(CLOCK);

	private final List<String> done = new CopyOnWriteArrayList<>();

	private final Faults faults = new Faults(this.parts, this.events, new Outcomes(this.flow, this.events, CLOCK),
			Optional::empty);

	@BeforeEach
	void startAll() {
		for (var part : this.parts.all()) {
			var id = part.name().id();
			part.is(null, () -> this.done.add("start " + id), () -> this.done.add("kill " + id));
			part.ready(true);
		}
		assertThat(this.faults.refusals()).containsEntry("kill-kafka", "");
	}

	@AfterEach
	void close() {
		this.faults.close();
	}

	@Test
	void aKilledPartIsDownForAWhileAndComesBack() {
		assertThat(this.faults.press("kill-consumer")).isEmpty();
		assertThat(this.done).containsExactly("kill consumer");
		assertThat(this.parts.is(PartName.CONSUMER, PartState.DOWN)).isTrue();
		assertThat(this.faults.press("kill-consumer")).hasValue("It is down already.");
		await().until(() -> this.done.contains("start consumer"));
		assertThat(this.parts.is(PartName.CONSUMER, PartState.STARTING)).isTrue();
		this.parts.get(PartName.CONSUMER).ready(true);
		await().until(() -> this.events.list().get(0).text().equals("The consumer is back."));
	}

	@Test
	void aSidecarIsNotStartedBeforeKafkaIsBack() {
		this.faults.press("kill-consumer-sidecar");
		this.faults.press("kill-kafka");
		await().until(() -> this.done.contains("start kafka"));
		await().during(Duration.ofSeconds(1)).until(() -> !this.done.contains("start consumer-sidecar"));
		this.parts.get(PartName.KAFKA).ready(true);
		await().until(() -> this.done.contains("start consumer-sidecar"));
	}

	@Test
	void kafkaIsNotKilledWhileASidecarStarts() {
		this.parts.get(PartName.PRODUCER_SIDECAR).ready(false);
		assertThat(this.faults.press("kill-kafka")).hasValueSatisfying((why) -> assertThat(why).contains("sidecar"));
		assertThat(this.done).isEmpty();
	}

	@Test
	void kafkaThatIsNotOursIsNotKilled() {
		this.parts.get(PartName.KAFKA).is(null, () -> {
		}, null);
		assertThat(this.faults.press("kill-kafka")).hasValue("Kafka was not started by this launcher.");
	}

	@Test
	void afterTheEndNothingIsStartedAgain() {
		this.faults.press("kill-producer");
		this.faults.close();
		await().during(Faults.DOWN.plusSeconds(1))
			.atMost(Duration.ofSeconds(10))
			.until(() -> !this.done.contains("start producer"));
		assertThat(this.faults.press("kill-kafka")).hasValue("The quickstart is being stopped.");
	}

	@Test
	void thereAreNoOtherButtons() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.faults.press("kill-all"));
	}

}
