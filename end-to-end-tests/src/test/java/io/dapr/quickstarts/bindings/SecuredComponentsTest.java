package io.dapr.quickstarts.bindings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

import io.dapr.quickstarts.bindings.launcher.Project;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Holds the components for a secured Kafka equal to those for a local run, but for how
 * they log in: there the binding has a half for each app.
 */
class SecuredComponentsTest {

	private static final Path HOME = Project.current().home();

	private static final Set<String> MAY_DIFFER = Set.of("brokers", "authType", "saslMechanism", "saslUsername",
			"saslPassword", "caCert", "clientCert", "clientKey", "direction", "route");

	@ParameterizedTest
	@ValueSource(strings = { "external-kafka", "external-kafka-mtls" })
	void areTheSameButForTheLogin(String overlay) throws IOException {
		var folder = "deploy/overlays/" + overlay + "/";
		assertThat(settings(folder + "kafka_bindings_producer.yaml", folder + "kafka_bindings_consumer.yaml"))
			.isEqualTo(settings("components/kafka_bindings.yaml"));
		assertThat(settings(folder + "kafka_dead_letter.yaml"))
			.isEqualTo(settings("components/kafka_dead_letter.yaml"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "external-kafka", "external-kafka-mtls" })
	void noSecretIsWrittenDown(String overlay) throws IOException {
		for (var file : Set.of("kafka_bindings_producer", "kafka_bindings_consumer", "kafka_dead_letter")) {
			assertThat(settingsOf("deploy/overlays/" + overlay + "/" + file + ".yaml")
				.filter((setting) -> Set.of("saslPassword", "caCert", "clientCert", "clientKey")
					.contains(setting.get("name"))))
				.isNotEmpty()
				.allSatisfy((setting) -> assertThat(setting).containsOnlyKeys("name", "secretKeyRef"));
		}
	}

	@Test
	void thePageShowsTheSecretStoreThatIsTested() throws IOException {
		assertThat(Files.readString(HOME.resolve("docs/secured-kafka.md")))
			.contains(LocalSecrets.STORE.formatted("secrets.json"));
	}

	/** The settings of one or several components by name, without what may differ. */
	private static Map<String, Object> settings(String... files) throws IOException {
		var settings = new TreeMap<String, Object>();
		for (var file : files) {
			settingsOf(file).filter((setting) -> !MAY_DIFFER.contains(setting.get("name")))
				.forEach((setting) -> settings.put(String.valueOf(setting.get("name")), setting.get("value")));
		}
		return settings;
	}

	@SuppressWarnings("unchecked")
	private static Stream<Map<String, Object>> settingsOf(String file) throws IOException {
		var component = YamlFiles.read(HOME.resolve(file)).get(0);
		return ((List<Map<String, Object>>) YamlFiles.map(component.get("spec")).get("metadata")).stream();
	}

}
