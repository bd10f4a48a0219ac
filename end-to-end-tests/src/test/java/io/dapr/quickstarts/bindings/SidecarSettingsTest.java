package io.dapr.quickstarts.bindings;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

import io.dapr.quickstarts.bindings.launcher.Project;
import io.dapr.quickstarts.bindings.launcher.dapr.SidecarSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A sidecar behaves in the same way wherever it runs: as the launcher and the tests start
 * it, as dapr.yaml says and as deploy/ annotates.
 */
class SidecarSettingsTest {

	/** What a sidecar has to do with its environment, not how it behaves. */
	private static final Set<String> OF_THE_CLUSTER = Set.of("dapr.io/enabled", "dapr.io/app-id", "dapr.io/app-port",
			"dapr.io/app-token-secret", "dapr.io/api-token-secret", "dapr.io/disable-builtin-k8s-secret-store",
			"dapr.io/sidecar-cpu-request", "dapr.io/sidecar-cpu-limit", "dapr.io/sidecar-memory-request",
			"dapr.io/sidecar-memory-limit", "dapr.io/env");

	private final Project project = Project.current();

	@ParameterizedTest
	@ValueSource(strings = { "consumer.yaml", "producer.yaml" })
	void inTheCluster(String file) throws IOException {
		var deployment = YamlFiles.read(this.project.home().resolve("deploy").resolve(file))
			.stream()
			.filter((resource) -> resource.get("kind").equals("Deployment"))
			.findFirst()
			.orElseThrow();
		var behaviour = new TreeMap<>(map(deployment, "spec", "template", "metadata", "annotations"));
		behaviour.keySet().removeIf((name) -> !name.startsWith("dapr.io/") || OF_THE_CLUSTER.contains(name));

		var expected = new TreeMap<String, Object>();
		SidecarSettings.STANDARD.options()
			.forEach((name, value) -> expected.put("dapr.io/" + name.replaceFirst("^dapr-", ""), value));
		// Kubernetes stops the sidecar after the app: it need not take calls any longer.
		expected.remove("dapr.io/block-shutdown-duration");
		expected.put("dapr.io/enable-native-sidecar", "true");
		expected.put("dapr.io/config", map(configuration("config"), "metadata").get("name"));
		assertThat(behaviour).isEqualTo(expected);
	}

	@Test
	void theConfigurationIsTheSameInTheCluster() throws IOException {
		assertThat(configuration("deploy")).isEqualTo(configuration("config"));
	}

	@Test
	@SuppressWarnings("unchecked")
	void withTheDaprCli() throws IOException {
		var file = this.project.home().resolve("dapr.yaml");
		var run = YamlFiles.read(file).get(0);

		assertThat(map(run, "common")).containsEntry("configFilePath", "./config/configuration.yaml")
			.containsOnlyKeys("resourcesPaths", "configFilePath", "apiListenAddresses", "daprdLogDestination",
					"appLogDestination", "placementHostAddress", "schedulerHostAddress");
		for (var app : (List<Map<String, Object>>) run.get("apps")) {
			assertThat(app.keySet()).isSubsetOf("appID", "appDirPath", "appPort", "command");
		}
		assertThat(Files.readString(file)).contains("no setting for the sidecars' shutdown times");
	}

	private Map<String, Object> configuration(String folder) throws IOException {
		return YamlFiles.read(this.project.home().resolve(folder).resolve("configuration.yaml")).get(0);
	}

	@SuppressWarnings("unchecked")
	private static Map<String, Object> map(Map<String, Object> yaml, String... path) {
		return Stream.of(path)
			.reduce(yaml, (map, key) -> (Map<String, Object>) map.get(key), (first, second) -> second);
	}

}
