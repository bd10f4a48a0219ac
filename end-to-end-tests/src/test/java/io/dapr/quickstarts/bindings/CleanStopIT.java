package io.dapr.quickstarts.bindings;

import java.time.Duration;

import io.dapr.quickstarts.bindings.launcher.Apps;
import io.dapr.quickstarts.bindings.launcher.kafka.KafkaBroker;
import io.dapr.quickstarts.bindings.launcher.process.ManagedProcess;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A part is stopped with SIGTERM in the middle of the stream and started again: nothing
 * is lost, and no acknowledged order is redelivered.
 */
@OnKafka
class CleanStopIT {

	private static final int ORDERS = 120;

	private static final int BEFORE = 20;

	private static final Duration INTERVAL = Duration.ofMillis(40);

	/** The apps end within 5 s; a busy machine may need longer for the rest. */
	private static final Duration STOP_LIMIT = Apps.STOP_LIMIT;

	@Test
	void consumer(Installation installation) {
		send(installation);
		stopAndRestart(installation.consumer);

		assertNothingLostOrRepeated(installation);
	}

	@Test
	void consumerSidecar(Installation installation) {
		send(installation);
		stopAndRestart(installation.consumerSidecar.process());

		assertNothingLostOrRepeated(installation);
	}

	@Test
	void producerSidecar(Installation installation) {
		send(installation);
		stopAndRestart(installation.producerSidecar.process());

		// The call in flight had no answer and may be repeated; the consumer skips it.
		installation.awaitAllOnceInOrder(ORDERS);
	}

	@Test
	void producer(Installation installation) {
		var producer = installation.startProducer(0, INTERVAL);
		installation.awaitArrivals(BEFORE);
		producer.stop(STOP_LIMIT);

		assertThat(producer.exitCode()).isZero();
		var sent = installation.accepted();
		assertThat(installation.producerLines.get(installation.producerLines.size() - 1))
			.startsWith("Sent " + sent + " orders in ");
		installation.awaitAllOnceInOrder(sent);
	}

	@Test
	void producerWhoseCallGetsNoAnswer(KafkaBroker kafka) {
		try (var installation = new Installation(kafka)) {
			installation.startProducerSidecar();
			var producer = installation.startProducer(0, INTERVAL);
			await("orders are accepted").atMost(Installation.LIMIT).until(() -> installation.accepted() > 0);
			installation.producerSidecar.process().freeze();
			var lines = installation.producerLines;
			await("a call is in flight").atMost(Installation.LIMIT)
				.during(Duration.ofSeconds(1))
				.until(() -> lines.get(lines.size() - 1).startsWith("{\"data\":"));

			assertThat(producer.stop(STOP_LIMIT)).isTrue();
			assertThat(producer.exitCode()).isZero();
			assertThat(lines.get(lines.size() - 1)).startsWith("Sent " + installation.accepted() + " orders in ");
		}
	}

	/** A container would come back at another port, so that this broker is embedded. */
	@Test
	void broker() {
		var kafka = TestKafka.embeddedBroker();
		kafka.start();
		try (var installation = new Installation(kafka)) {
			installation.start(ORDERS, INTERVAL);
			installation.awaitArrivals(BEFORE);
			kafka.stop();
			await("the producer sees it").atMost(Installation.LIMIT)
				.until(() -> installation.producerLines.stream()
					.anyMatch((line) -> line.startsWith("Not accepted, trying again: ")));
			kafka.start();

			installation.awaitAllOnceInOrder(ORDERS);
		}
		finally {
			kafka.stop();
		}
	}

	private static void send(Installation installation) {
		installation.startProducer(ORDERS, INTERVAL);
		installation.awaitArrivals(BEFORE);
	}

	private static void stopAndRestart(ManagedProcess process) {
		process.stop(Installation.SIDECAR_STOP_LIMIT);
		assertThat(process.exitCode()).as("exit code of " + process.name()).isZero();
		process.start();
	}

	private static void assertNothingLostOrRepeated(Installation installation) {
		installation.awaitAllOnceInOrder(ORDERS);
		assertThat(installation.consumerLines).noneMatch((line) -> line.contains("was delivered again"));
	}

}
