package io.dapr.quickstarts.bindings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

import io.dapr.quickstarts.bindings.launcher.Project;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static io.dapr.quickstarts.bindings.YamlFiles.map;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Holds the Dapr resources for Kubernetes (deploy/) equal to those for a local run
 * (components/), so that what is tested locally is what runs in the cluster. They may
 * differ in the broker's address, the namespace and the scopes.
 */
class DeployManifestsTest {

	private static final Path HOME = Project.current().home();

	private static final String LOCAL_BROKER = "localhost:9092";

	private static final String CLUSTER_BROKER = "dapr-kafka.kafka:9092";

	/** Locally a file, in the cluster a server: of another type, with other settings. */
	private static final String STATE_STORE = "statestore.yaml";

	private static final String POSTGRESQL = "deploy/overlays/postgresql";

	private static final String OVERLAY = "kustomization.yaml";

	static List<String> resources() throws IOException {
		try (var files = Files.list(HOME.resolve("components"))) {
			return files.map((file) -> file.getFileName().toString())
				.filter((name) -> name.endsWith(".yaml") && !name.equals(STATE_STORE))
				.sorted()
				.toList();
		}
	}

	@Test
	void thereAreResources() throws IOException {
		assertThat(resources()).contains("kafka_bindings.yaml");
	}

	@ParameterizedTest
	@MethodSource("resources")
	void isTheSameInTheClusterButForTheBroker(String file) throws IOException {
		var local = read("components", file);
		var cluster = read("deploy", file);
		assertThat(comparable(cluster)).isEqualTo(comparable(local));
		assertThat(settings(local)).doesNotContainValue(CLUSTER_BROKER);
		if (settings(local).containsKey("brokers")) {
			assertThat(settings(local)).containsEntry("brokers", LOCAL_BROKER);
			assertThat(settings(cluster)).containsEntry("brokers", CLUSTER_BROKER);
		}
	}

	@ParameterizedTest
	@MethodSource("resources")
	void onlyTheAppsThatNeedItGetIt(String file) throws IOException {
		assertThat(scopes(read("deploy", file))).isNotEmpty().isSubsetOf("consumer-app", "producer-app");
		assertThat(scopes(read("deploy", file))).containsAll(scopes(read("components", file)));
	}

	@Test
	void theStateStoreHasTheSameNameForTheSameApp() throws IOException {
		var local = read("components", STATE_STORE);
		var cluster = read(POSTGRESQL, STATE_STORE);
		assertThat(map(cluster.get("metadata"))).containsEntry("name", map(local.get("metadata")).get("name"));
		assertThat(scopes(cluster)).isEqualTo(scopes(local)).containsExactly("consumer-app");
	}

	@Test
	void theOverlayHasAllOfItsFilesAndNoPassword() throws IOException {
		try (var files = Files.list(HOME.resolve(POSTGRESQL))) {
			assertThat(files.map((file) -> file.getFileName().toString()).filter((name) -> !name.equals(OVERLAY)))
				.containsExactlyInAnyOrderElementsOf(list(read(POSTGRESQL, OVERLAY).get("resources")));
		}
		var settings = (Iterable<?>) map(read(POSTGRESQL, STATE_STORE).get("spec")).get("metadata");
		assertThat(settings).filteredOn((setting) -> map(setting).get("name").equals("password"))
			.isEqualTo(List
				.of(Map.of("name", "password", "secretKeyRef", Map.of("name", "postgresql", "key", "password"))));
		assertThat(Files.readString(HOME.resolve(POSTGRESQL).resolve("postgresql.yaml"))).contains("""
				              valueFrom:
				                secretKeyRef:
				                  name: postgresql
				                  key: password
				""").doesNotContain("kind: Secret");
	}

	/** A resource without what may differ. */
	private static Map<String, Object> comparable(Map<String, Object> resource) {
		var copy = new LinkedHashMap<>(resource);
		copy.remove("scopes");
		var metadata = new LinkedHashMap<>(map(resource.get("metadata")));
		metadata.remove("namespace");
		copy.put("metadata", metadata);
		var spec = new LinkedHashMap<>(map(resource.get("spec")));
		if (spec.containsKey("metadata")) {
			var settings = new LinkedHashMap<>(settings(resource));
			settings.replace("brokers", "");
			spec.put("metadata", settings);
		}
		copy.put("spec", spec);
		return copy;
	}

	/** The settings of a component by name; none for another kind of resource. */
	private static Map<String, Object> settings(Map<String, Object> resource) {
		var settings = new LinkedHashMap<String, Object>();
		if (map(resource.get("spec")).get("metadata") instanceof Iterable<?> list) {
			list.forEach(
					(setting) -> settings.put(String.valueOf(map(setting).get("name")), map(setting).get("value")));
		}
		return settings;
	}

	private static List<String> scopes(Map<String, Object> resource) {
		return list(resource.get("scopes"));
	}

	private static List<String> list(Object yaml) {
		if (yaml instanceof Iterable<?> items) {
			return StreamSupport.stream(items.spliterator(), false).map(String::valueOf).toList();
		}
		return List.of();
	}

	private static Map<String, Object> read(String directory, String file) throws IOException {
		return YamlFiles.read(HOME.resolve(directory).resolve(file)).get(0);
	}

}
