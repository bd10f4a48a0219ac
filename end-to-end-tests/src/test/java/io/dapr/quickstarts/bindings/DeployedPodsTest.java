package io.dapr.quickstarts.bindings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.dapr.quickstarts.bindings.launcher.Project;
import org.junit.jupiter.api.Test;

import static io.dapr.quickstarts.bindings.YamlFiles.map;
import static org.assertj.core.api.Assertions.assertThat;

/** What deploy/ brings into a cluster besides the Dapr resources. */
class DeployedPodsTest {

	private static final Pattern CREATED_TOPIC = Pattern.compile("^ +(create sample.*?)( &&)?$", Pattern.MULTILINE);

	private static final Path HOME = Project.current().home();

	/** {@code kubectl delete -f deploy/} would delete all that is in it. */
	@Test
	void noNamespace() throws IOException {
		assertThat(objects()).extracting((object) -> object.get("kind"))
			.contains("Deployment")
			.doesNotContain("Namespace");
	}

	/**
	 * Variables named after Services, such as SERVER_PORT, would change the apps'
	 * settings.
	 */
	@Test
	void servicesSetNoVariables() throws IOException {
		assertThat(objects()).filteredOn("kind", "Deployment")
			.hasSize(3)
			.allSatisfy((deployment) -> assertThat(podSpec(deployment)).as("%s", deployment.get("metadata"))
				.containsEntry("enableServiceLinks", false));
	}

	@Test
	void theTopicsAreThoseOfALocalRun() throws IOException {
		assertThat(topics("deploy/kafka.yaml")).isEqualTo(topics("docker-compose-single-kafka.yml")).hasSize(2);
	}

	/**
	 * A minimum of one would forbid to evict the only pod, and a drain would never end.
	 */
	@Test
	void aDrainIsNeverBlocked() throws IOException {
		assertThat(objects()).filteredOn("kind", "PodDisruptionBudget")
			.isNotEmpty()
			.allSatisfy((budget) -> assertThat(map(budget.get("spec"))).containsEntry("maxUnavailable", 1)
				.doesNotContainKey("minAvailable"));
	}

	/**
	 * Go stays below the limit of the sidecar's memory, with room for what is not its
	 * heap.
	 */
	@Test
	void theSidecarsKnowTheirMemory() throws IOException {
		assertThat(objects()).filteredOn("kind", "Deployment")
			.extracting((deployment) -> map(
					map(map(map(deployment.get("spec")).get("template")).getOrDefault("metadata", Map.of()))
						.getOrDefault("annotations", Map.of())))
			.filteredOn((annotations) -> annotations.containsKey("dapr.io/enabled"))
			.hasSize(2)
			.allSatisfy((annotations) -> {
				var goMebibytes = number(annotations.get("dapr.io/env"), "GOMEMLIMIT=(\\d+)MiB");
				var mebibytes = number(annotations.get("dapr.io/sidecar-memory-limit"), "(\\d+)Mi");
				assertThat(goMebibytes).isBetween(mebibytes * 8 / 10, mebibytes * 95 / 100);
			});
	}

	/** A pod that no policy selects can be reached from everywhere. */
	@Test
	void eachPodHasItsNetworkPolicy() throws IOException {
		var policies = objects().stream().filter((object) -> object.get("kind").equals("NetworkPolicy")).toList();
		assertThat(objects()).filteredOn("kind", "Deployment")
			.hasSize(3)
			.allSatisfy((deployment) -> assertThat(policies)
				.filteredOn((policy) -> namespace(policy).equals(namespace(deployment)))
				.extracting((policy) -> map(policy.get("spec")).get("podSelector"))
				.contains(map(deployment.get("spec")).get("selector")));
	}

	private static Object namespace(Map<String, Object> object) {
		return map(object.get("metadata")).getOrDefault("namespace", "");
	}

	private static int number(Object text, String pattern) {
		var matcher = Pattern.compile(pattern).matcher(String.valueOf(text));
		assertThat(matcher.matches()).as("%s is like %s", text, pattern).isTrue();
		return Integer.parseInt(matcher.group(1));
	}

	/**
	 * deploy/ links to each file of the base, or "kubectl apply -f deploy/" leaves it
	 * out.
	 */
	@Test
	@SuppressWarnings("unchecked")
	void theBaseOfTheOverlaysIsAppliedToo() throws IOException {
		var base = HOME.resolve("deploy/base");
		var resources = (List<String>) YamlFiles.read(base.resolve("kustomization.yaml")).get(0).get("resources");
		try (Stream<Path> files = Files.list(base)) {
			assertThat(files.map((file) -> file.getFileName().toString()))
				.filteredOn((name) -> !name.equals("kustomization.yaml"))
				.containsExactlyInAnyOrderElementsOf(resources);
		}
		assertThat(resources).isNotEmpty()
			.allSatisfy((name) -> assertThat(HOME.resolve("deploy").resolve(name)).isRegularFile()
				.hasSameTextualContentAs(base.resolve(name)));
	}

	private static List<String> topics(String file) throws IOException {
		return CREATED_TOPIC.matcher(Files.readString(HOME.resolve(file)))
			.results()
			.map((match) -> match.group(1))
			.toList();
	}

	private static Map<String, Object> podSpec(Map<String, Object> deployment) {
		return map(map(map(deployment.get("spec")).get("template")).get("spec"));
	}

	private static List<Map<String, Object>> objects() throws IOException {
		var objects = new ArrayList<Map<String, Object>>();
		try (Stream<Path> files = Files.list(HOME.resolve("deploy"))) {
			for (var file : files.filter((path) -> path.toString().endsWith(".yaml")).toList()) {
				objects.addAll(YamlFiles.read(file));
			}
		}
		return objects;
	}

}
