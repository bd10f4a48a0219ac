package io.dapr.quickstarts.bindings.launcher.kafka;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

import io.dapr.quickstarts.bindings.launcher.process.Background;
import io.dapr.quickstarts.bindings.launcher.process.ChildEnvironment;
import io.dapr.quickstarts.bindings.launcher.process.ShortCommand;
import io.dapr.quickstarts.bindings.launcher.process.Wait;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.utility.DockerImageName;

/** Kafka in a container that Testcontainers runs; it needs a Docker engine. */
public final class ContainerKafka implements KafkaBroker {

	/** The image; the same as in docker-compose-single-kafka.yml. */
	public static final DockerImageName IMAGE = DockerImageName.parse("apache/kafka:4.2.1");

	private static final Duration ANSWER_LIMIT = Duration.ofSeconds(10);

	private static final Duration PULL_LIMIT = Duration.ofMinutes(5);

	/**
	 * The image is there when this begins; several that start side by side on one core
	 * need more than a minute.
	 */
	private static final Duration START_LIMIT = Duration.ofMinutes(2);

	private static final Duration PAUSE_LIMIT = Duration.ofSeconds(10);

	private static final String[] DOCKER_VARIABLES = { "DOCKER_HOST", "DOCKER_CONTEXT", "DOCKER_CONFIG",
			"DOCKER_TLS_VERIFY", "DOCKER_CERT_PATH", "DOCKER_API_VERSION", "SSH_AUTH_SOCK" };

	private final KafkaContainer container = new KafkaContainer(IMAGE)
		.withEnv("KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS", "0")
		.withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false")
		// Its start script rewrites its settings, which an image may hold read-only; root
		// can.
		.withCreateContainerCmdModifier((command) -> command.withUser("root"));

	private boolean paused;

	/**
	 * Says why no container can be started here. This asks the docker command, since
	 * Testcontainers would try for minutes.
	 * @return what is missing, empty if engine and image are there
	 */
	public static Optional<String> obstacle() {
		if (!docker(ANSWER_LIMIT, "version")) {
			return Optional.of("no Docker engine answers");
		}
		shareContext();
		if (!docker(ANSWER_LIMIT, "image", "inspect", IMAGE.toString())
				&& !docker(PULL_LIMIT, "pull", "--quiet", IMAGE.toString())) {
			return Optional.of("the image " + IMAGE + " can be neither found nor pulled");
		}
		return Optional.empty();
	}

	/**
	 * Lets Testcontainers use the engine that docker uses. It does not know docker's
	 * contexts, by which Colima, Podman or a rootless engine are found.
	 */
	private static void shareContext() {
		if (System.getenv("DOCKER_HOST") == null) {
			ShortCommand
				.run(ANSWER_LIMIT, ChildEnvironment.network(DOCKER_VARIABLES), "docker", "context", "inspect",
						"--format", "{{.Endpoints.docker.Host}}")
				.filter((context) -> context.exitCode() == 0 && !context.output().isBlank())
				.ifPresent((context) -> System.setProperty("DOCKER_HOST", context.output().strip()));
		}
	}

	private static boolean docker(Duration limit, String... arguments) {
		var command = Stream.concat(Stream.of("docker"), Stream.of(arguments)).toArray(String[]::new);
		return ShortCommand.run(limit, ChildEnvironment.network(DOCKER_VARIABLES), command)
			.filter((result) -> result.exitCode() == 0)
			.isPresent();
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
			startInTime();
		}
	}

	private void startInTime() {
		try {
			Background.run(this.container::start).get(START_LIMIT.toSeconds(), TimeUnit.SECONDS);
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException(IMAGE + " could not be started: " + ex.getCause().getMessage(), ex);
		}
		catch (TimeoutException ex) {
			// Such as when Testcontainers' own image, Ryuk, cannot be pulled.
			throw new IllegalStateException(
					"Testcontainers did not start " + IMAGE + " within " + START_LIMIT.toSeconds() + " s", ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted", ex);
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
		// On a busy machine an engine may fail to freeze all processes at once.
		Wait.until("the container of Kafka is paused", PAUSE_LIMIT, this::pause);
		this.paused = true;
	}

	private boolean pause() {
		var docker = this.container.getDockerClient();
		var id = this.container.getContainerId();
		if (!Boolean.TRUE.equals(docker.inspectContainerCmd(id).exec().getState().getPaused())) {
			docker.pauseContainerCmd(id).exec();
		}
		return true;
	}

}
