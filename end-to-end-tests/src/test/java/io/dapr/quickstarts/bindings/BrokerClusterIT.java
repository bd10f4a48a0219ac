package io.dapr.quickstarts.bindings;

import java.time.Duration;

import io.dapr.quickstarts.bindings.launcher.kafka.EmbeddedCluster;
import io.dapr.quickstarts.bindings.launcher.kafka.EmbeddedKafka;
import io.dapr.quickstarts.bindings.launcher.process.FreePorts;
import org.apache.kafka.common.config.TopicConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Three brokers, of which some fail: no order is lost, skipped or out of order. */
class BrokerClusterIT {

	/** More than 20 orders per second. */
	private static final Duration INTERVAL = Duration.ofMillis(40);

	private static final int PROGRESS = 20;

	private static final Duration DOWN = Duration.ofSeconds(3);

	private EmbeddedCluster kafka;

	private Installation installation;

	@BeforeEach
	void start() {
		this.kafka = new EmbeddedCluster(FreePorts.any(), TestKafka.temporaryFolder("cluster-"), (line) -> {
		});
		this.kafka.start();
		this.installation = new Installation(this.kafka);
		this.installation.start(0, INTERVAL);
		this.installation.awaitFurtherArrivals(PROGRESS);
	}

	@AfterEach
	void stop() {
		this.installation.close();
		this.kafka.stop();
	}

	@Test
	void oneIsDead() {
		try (var admin = new KafkaAdmin(this.kafka)) {
			for (var topic : new String[] { this.installation.topic, this.installation.deadLetterTopic }) {
				assertThat(admin.copies(topic)).isEqualTo(3);
				assertThat(admin.setting(topic, TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG)).isEqualTo("2");
			}
		}
		leader().kill();
		this.installation.awaitFurtherArrivals(PROGRESS);
		this.installation.awaitFurtherArrivals(PROGRESS);

		assertAllOnceInOrder();
	}

	@Test
	void twoAreDead() {
		leader().kill();
		this.installation.awaitFurtherArrivals(PROGRESS);
		leader().kill();
		await("the producer waits").atMost(Installation.LIMIT)
			.until(() -> this.installation.producerLines.get(this.installation.producerLines.size() - 1)
				.startsWith("Not accepted, trying again: "));
		var accepted = this.installation.accepted();
		Faults.pass(DOWN);
		assertThat(this.installation.accepted()).isEqualTo(accepted);
		this.kafka.start();
		this.installation.awaitFurtherArrivals(PROGRESS);

		assertAllOnceInOrder();
	}

	@Test
	void theLeaderIsKilledAgainAndAgain() {
		for (var kill = 0; kill < 5; kill++) {
			leader().kill();
			Faults.pass(DOWN);
			this.kafka.start();
			this.installation.awaitFurtherArrivals(PROGRESS);
		}

		assertAllOnceInOrder();
	}

	private EmbeddedKafka leader() {
		return this.kafka.leader(this.installation.topic);
	}

	private void assertAllOnceInOrder() {
		this.installation.stopProducer();
		this.installation.awaitAllOnceInOrder(this.installation.accepted());
	}

}
