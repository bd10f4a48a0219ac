package io.dapr.quickstarts.bindings;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The one command with three brokers. */
class BrokerClusterQuickstartIT {

	@Test
	void theButtonKillsTheLeaderAndOrdersGoOn() throws Exception {
		var log = TestKafka.temporaryFolder("quickstart-").resolve("quickstart.log");
		try (var quickstart = new Launcher(log, "--brokers", "3", "--interval-ms", "100", "--orders", "200").start()) {
			await("orders arrive and the button can be pressed").atMost(Launcher.START_LIMIT)
				.ignoreExceptions()
				.until(() -> quickstart.state().at("/refusals/kill-kafka").asText("no").isEmpty()
						&& quickstart.state().at("/counters/received").asLong() > 0);
			assertThat(quickstart.press("kill-kafka")).isEmpty();
			assertThat(quickstart.awaitExit()).as("see " + log).isZero();
			assertThat(quickstart.lines()).contains("quickstart | all 200 orders arrived, each once and in order");
		}
	}

}
