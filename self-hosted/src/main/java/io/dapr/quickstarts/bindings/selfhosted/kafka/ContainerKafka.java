package io.dapr.quickstarts.bindings.selfhosted.kafka;

import org.testcontainers.DockerClientFactory;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.utility.DockerImageName;

/** Kafka in a container that Testcontainers runs; it needs a Docker engine. */
public final class ContainerKafka implements KafkaBroker {

	/** The image; the same as in docker-compose-single-kafka.yml. */
	public static final DockerImageName IMAGE = DockerImageName.parse("apache/kafka:4.2.1");

	private final KafkaContainer container = new KafkaContainer(IMAGE)
		.withEnv("KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS", "0")
		.withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false")
		// Its start script rewrites its settings, which an image may hold read-only; root
		// can.
		.withCreateContainerCmdModifier((command) -> command.withUser("root"));

	private boolean paused;

	/**
	 * Whether a Docker engine answers.
	 * @return false if containers can't be used here
	 */
	public static boolean isEngineThere() {
		return DockerClientFactory.instance().isDockerAvailable();
	}

	@Override
	public String bootstrapServers() {
		return this.container.getBootstrapServers().replaceFirst("^[A-Z]+://", "");
	}

	@Override
	public void start() {
		if (this.paused) {
			this.container.getDockerClient().unpauseContainerCmd(this.container.getContainerId()).exec();
			this.paused = false;
		}
		else {
			this.container.start();
		}
	}

	@Override
	public void stop() {
		if (this.paused) {
			start();
		}
		this.container.stop();
	}

	/**
	 * A paused container answers nobody; a killed one would come back at another port.
	 */
	@Override
	public void kill() {
		this.container.getDockerClient().pauseContainerCmd(this.container.getContainerId()).exec();
		this.paused = true;
	}

}
