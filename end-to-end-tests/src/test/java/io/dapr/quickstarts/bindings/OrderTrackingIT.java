package io.dapr.quickstarts.bindings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** {@code --orders} counts the producer's orders, whatever else goes on. */
class OrderTrackingIT {

	private final Path folder = TestKafka.temporaryFolder("tracking-");

	@Test
	void neitherABurstNorARestartedProducerDisturbs() throws Exception {
		try (var launcher = launcher("--orders", "30", "--interval-ms", "300").start()) {
			await().atMost(Installation.LIMIT).ignoreExceptions().until(() -> received(launcher) >= 3);
			assertThat(launcher.press("burst")).isEmpty();
			assertThat(launcher.press("malformed")).isEmpty();
			assertThat(launcher.press("kill-producer")).isEmpty();
			await().atMost(Installation.LIMIT).until(() -> launcher.press("burst").isEmpty());
			assertThat(launcher.awaitExit()).isZero();
			assertThat(launcher.lines()).endsWith("quickstart | all 30 orders arrived, each once and in order");
			assertThat(launcher.lines()).filteredOn((line) -> line.startsWith("producer | Run ")).hasSize(2);
		}
	}

	private static long received(Launcher launcher) throws Exception {
		return launcher.state().at("/counters/received").asLong();
	}

	/**
	 * As a user may have changed the consumer's log; more formats are in the tracker's
	 * test.
	 */
	@Test
	void aLogWithoutTheMessageIdsPatternIsReadToo() throws Exception {
		configureConsumer("logging.pattern.correlation: ''");
		try (var launcher = launcher("--orders", "3", "--interval-ms", "0", "--no-page").startIn(this.folder)) {
			assertThat(launcher.awaitExit()).isZero();
		}
	}

	@Test
	void aLogThatTellsNoOrderIsNamed() throws Exception {
		configureConsumer("logging.level.io.dapr.quickstarts.bindings.consumer.OrderController: off");
		try (var launcher = launcher("--orders", "3", "--interval-ms", "0", "--no-page").startIn(this.folder)) {
			assertThat(launcher.awaitExit()).isEqualTo(1);
			assertThat(launcher.lines()).last()
				.asString()
				.startsWith(
						"quickstart | the consumer has acknowledged all 3 orders, but no line of its log tells them; "
								+ "does OrderController still log \"{ orderId: 1 }\"");
		}
	}

	private Launcher launcher(String... options) {
		return new Launcher(this.folder.resolve("launcher.log"), options);
	}

	private void configureConsumer(String setting) throws IOException {
		Files.writeString(Files.createDirectory(this.folder.resolve("config")).resolve("application.yaml"),
				setting + "\n");
	}

}
