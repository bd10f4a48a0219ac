package io.dapr.quickstarts.bindings.launcher.dashboard;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

import io.dapr.quickstarts.bindings.launcher.monitor.EventLog;
import io.dapr.quickstarts.bindings.launcher.monitor.ServiceName;
import io.dapr.quickstarts.bindings.launcher.monitor.ServiceState;
import io.dapr.quickstarts.bindings.launcher.monitor.Services;
import io.dapr.quickstarts.bindings.launcher.orders.OrderTracker;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

class FaultInjectorTest {

	private static final Duration LIMIT = Duration.ofSeconds(30);

	private static final InstantSource CLOCK = InstantSource.system();

	private final Services services = new Services();

	private final EventLog events = new EventLog(CLOCK);

	private final List<String> done = new CopyOnWriteArrayList<>();

	private final FaultInjector faults = new FaultInjector(this.services, this.events,
			new FaultReports(new OrderTracker(CLOCK), this.events, CLOCK), Optional::empty);

	@BeforeEach
	void startAll() {
		for (var service : this.services.all()) {
			var id = service.name().id();
			service.attach(null, () -> this.done.add("start " + id), () -> this.done.add("kill " + id));
			service.answers(true);
		}
		assertThat(this.faults.refusals()).containsEntry("kill-kafka", "");
	}

	@AfterEach
	void close() {
		this.faults.close();
	}

	@Test
	void aKilledServiceIsDownForAWhileAndComesBack() {
		assertThat(this.faults.run("kill-consumer")).isEmpty();
		assertThat(this.done).containsExactly("kill consumer");
		assertThat(this.services.get(ServiceName.CONSUMER).isIn(ServiceState.DOWN)).isTrue();
		assertThat(this.faults.run("kill-consumer")).hasValue("It is down already.");
		await().atMost(LIMIT).until(() -> this.done.contains("start consumer"));
		assertThat(this.services.get(ServiceName.CONSUMER).isIn(ServiceState.STARTING)).isTrue();
		this.services.get(ServiceName.CONSUMER).answers(true);
		await().atMost(LIMIT).until(() -> this.events.list().get(0).text().equals("The consumer is running again."));
	}

	@Test
	void aServiceThatCouldNotBeKilledIsNotTakenForDown() {
		var kafka = this.services.get(ServiceName.KAFKA);
		kafka.attach(null, () -> {
		}, () -> {
			throw new IllegalStateException("unable to freeze");
		});
		assertThatIllegalStateException().isThrownBy(() -> this.faults.run("kill-kafka"));
		kafka.answers(true);
		assertThat(kafka.isIn(ServiceState.RUNNING)).isTrue();
		assertThat(this.faults.refusals()).containsEntry("kill-kafka", "");
	}

	@Test
	void aSidecarIsNotStartedBeforeKafkaIsBack() {
		this.faults.run("kill-consumer-sidecar");
		this.faults.run("kill-kafka");
		await().atMost(LIMIT).until(() -> this.done.contains("start kafka"));
		await().during(Duration.ofSeconds(1)).atMost(LIMIT).until(() -> !this.done.contains("start consumer-sidecar"));
		this.services.get(ServiceName.KAFKA).answers(true);
		await().atMost(LIMIT).until(() -> this.done.contains("start consumer-sidecar"));
	}

	@Test
	void kafkaIsNotKilledWhileASidecarStarts() {
		var sidecar = this.services.get(ServiceName.PRODUCER_SIDECAR);
		sidecar.kill();
		sidecar.start();
		this.done.clear();
		assertThat(this.faults.run("kill-kafka")).hasValueSatisfying((why) -> assertThat(why).contains("sidecar"));
		assertThat(this.done).isEmpty();
	}

	@Test
	void kafkaThatIsNotOursIsNotKilled() {
		this.services.get(ServiceName.KAFKA).attach(null, () -> {
		}, null);
		assertThat(this.faults.run("kill-kafka")).hasValue("Kafka was not started by this launcher.");
	}

	@Test
	void oneOfSeveralBrokersIsKilledAndTheOthersGoOn() {
		var kafka = this.services.get(ServiceName.KAFKA);
		kafka.attachReplicated(() -> this.done.add("start brokers"), () -> this.done.add("kill leader"));
		assertThat(this.faults.run("kill-kafka")).isEmpty();
		assertThat(this.done).containsExactly("kill leader");
		assertThat(kafka.isIn(ServiceState.RUNNING)).isTrue();
		assertThat(this.faults.run("kill-kafka")).hasValue("It is down already.");
		await().atMost(LIMIT)
			.until(() -> this.events.list()
				.get(0)
				.text()
				.equals("The leader among the brokers of Kafka is running again."));
		assertThat(this.faults.run("kill-kafka")).isEmpty();
	}

	@Test
	void afterTheEndNothingIsStartedAgain() {
		this.faults.run("kill-producer");
		this.faults.close();
		await().during(FaultInjector.DOWN.plusSeconds(1))
			.atMost(LIMIT)
			.until(() -> !this.done.contains("start producer"));
		assertThat(this.faults.run("kill-kafka")).hasValue("The quickstart is being stopped.");
	}

	@Test
	void thereAreNoOtherActions() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.faults.run("kill-all"));
	}

}
