package io.dapr.quickstarts.bindings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.dapr.quickstarts.bindings.launcher.Project;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

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
	 * deploy/ links to each file of the base, or "kubectl apply -f deploy/" leaves it
	 * out.
	 */
	@Test
	@SuppressWarnings("unchecked")
	void theBaseOfTheOverlaysIsAppliedToo() throws IOException {
		var base = HOME.resolve("deploy/base");
		var resources = (List<String>) map(new Yaml(new SafeConstructor(new LoaderOptions()))
			.load(Files.readString(base.resolve("kustomization.yaml")))).get("resources");
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
				new Yaml(new SafeConstructor(new LoaderOptions())).loadAll(Files.readString(file))
					.forEach((object) -> objects.add(map(object)));
			}
		}
		return objects;
	}

	private static Map<String, Object> map(Object yaml) {
		assertThat(yaml).isInstanceOf(Map.class);
		return ((Map<?, ?>) yaml).entrySet()
			.stream()
			.collect(Collectors.toMap((entry) -> String.valueOf(entry.getKey()), Map.Entry::getValue));
	}

}
