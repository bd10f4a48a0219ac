package io.dapr.quickstarts.bindings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import io.dapr.quickstarts.bindings.launcher.kafka.ContainerKafka;
import io.dapr.quickstarts.bindings.launcher.kafka.EmbeddedKafka;
import io.dapr.quickstarts.bindings.launcher.kafka.KafkaBroker;
import io.dapr.quickstarts.bindings.launcher.process.FreePorts;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives the end-to-end tests their Kafka broker, one for all of them but for those that
 * want their {@linkplain OwnBroker own}. The system property {@code kafka} says which:
 * {@code container}, {@code embedded}, or {@code auto} for a container where that works
 * and else the embedded one. Gives an {@link Installation} too, one for all tests of a
 * class: its consumer and the producer's sidecar run, and it tells of no orders yet.
 */
class TestKafka implements ParameterResolver {

	private static final Logger log = LoggerFactory.getLogger(TestKafka.class);

	@Override
	public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
		return parameter.getParameter().getType() == KafkaBroker.class || isInstallation(parameter);
	}

	private static boolean isInstallation(ParameterContext parameter) {
		return parameter.getParameter().getType() == Installation.class;
	}

	@Override
	public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
		var shared = running(test.getRoot(), TestKafka::start);
		var lifetime = isInstallation(parameter) ? classOf(test) : test;
		var broker = parameter.isAnnotated(OwnBroker.class) ? running(lifetime, () -> anotherLike(shared)) : shared;
		return isInstallation(parameter) ? running(lifetime, broker) : broker;
	}

	private static ExtensionContext classOf(ExtensionContext test) {
		return test.getTestMethod().isPresent() ? classOf(test.getParent().orElseThrow()) : test;
	}

	private static Installation running(ExtensionContext ofClass, KafkaBroker broker) {
		var installation = ofClass.getStore(Namespace.create(TestKafka.class))
			.computeIfAbsent(Installation.class, (key) -> new Installation(broker), Installation.class);
		installation.runWithoutOrders();
		return installation;
	}

	private static KafkaBroker running(ExtensionContext lifetime, Supplier<KafkaBroker> broker) {
		return lifetime.getStore(Namespace.create(TestKafka.class))
			.computeIfAbsent(lifetime.getUniqueId(), (key) -> new Running(broker.get()), Running.class)
			.broker();
	}

	private static KafkaBroker anotherLike(KafkaBroker shared) {
		var broker = (shared instanceof ContainerKafka) ? new ContainerKafka() : embeddedBroker();
		broker.start();
		return broker;
	}

	private static KafkaBroker start() {
		var kind = System.getProperty("kafka", "auto");
		return switch (kind) {
			case "container" -> container("-Dkafka asks for it");
			case "embedded" -> embedded("-Dkafka asks for it");
			case "auto" -> containerOrEmbedded();
			default ->
				throw new IllegalArgumentException("-Dkafka is \"" + kind + "\"; expected container, embedded or auto");
		};
	}

	private static KafkaBroker containerOrEmbedded() {
		var obstacle = ContainerKafka.obstacle();
		if (obstacle.isPresent()) {
			return embedded(obstacle.get());
		}
		try {
			return container("Docker engine and image are there");
		}
		catch (IllegalStateException ex) {
			return embedded(ex.getMessage());
		}
	}

	private static KafkaBroker container(String why) {
		var broker = new ContainerKafka();
		broker.start();
		log.info("The end-to-end tests use Kafka in a container: {}", why);
		return broker;
	}

	private static KafkaBroker embedded(String why) {
		var broker = embeddedBroker();
		broker.start();
		log.info("The end-to-end tests use the embedded Kafka: {}", why);
		return broker;
	}

	/** A broker for one test alone, in a folder that goes away with the build. */
	static EmbeddedKafka embeddedBroker() {
		return embeddedBroker(Map.of());
	}

	/** A broker for one test alone with further settings. */
	static EmbeddedKafka embeddedBroker(Map<String, String> settings) {
		return new EmbeddedKafka(FreePorts.any(), temporaryFolder("kafka-"), settings, List.of(), (line) -> {
		});
	}

	/** A folder of this test's own, which goes away with the build. */
	static Path temporaryFolder(String prefix) {
		try {
			return Files.createTempDirectory(Files.createDirectories(TestName.folder()), prefix);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** JUnit closes it after the last test that it is for. */
	private record Running(KafkaBroker broker) implements AutoCloseable {

		@Override
		public void close() {
			this.broker.stop();
		}

	}

}
