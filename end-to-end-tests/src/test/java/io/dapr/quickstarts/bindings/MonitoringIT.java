package io.dapr.quickstarts.bindings;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.dapr.quickstarts.bindings.launcher.Project;
import io.dapr.quickstarts.bindings.launcher.kafka.KafkaBroker;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What the alerts and the dashboard of deploy/overlays/monitoring ask for is what the
 * consumer and the sidecars really serve: each metric, with each label and value.
 */
@OnKafka
class MonitoringIT {

	private static final Path OVERLAY = Project.current().home().resolve("deploy/overlays/monitoring");

	private static final Pattern SELECTOR = Pattern.compile("\\b((?:dapr|orders|kafka|process)_\\w+)(?:\\{([^}]*)})?");

	private static final Pattern MATCHER = Pattern.compile("(\\w+)(=~?)\"([^\"]*)\"");

	private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");

	private static final Pattern GROUPING = Pattern.compile("\\bby \\(([^)]*)\\)");

	/** Added by Prometheus, which knows where it reads from. */
	private static final Set<String> OF_THE_TARGET = Set.of("namespace", "pod");

	/** Served by a Kafka exporter, see docs/monitoring.md. */
	private static final String OF_THE_EXPORTER = "kafka_consumergroup_lag";

	@Test
	void eachExpressionFindsItsMetrics(KafkaBroker kafka) throws IOException {
		try (var installation = new Installation(kafka);
				var writer = new TopicWriter(kafka, installation.topic);
				var deadLetters = new TopicReader(kafka, installation.deadLetterTopic)) {
			installation.refuseDeadLetters(true);
			installation.start(20, Duration.ofMillis(20));
			installation.awaitArrivals(20);
			writer.write(writer.record(null, "no JSON".getBytes(StandardCharsets.UTF_8)));
			await("a delivery fails").atMost(Installation.LIMIT).until(() -> installation.failedDeliveries() > 0);
			installation.refuseDeadLetters(false);
			assertThat(deadLetters.values(1)).containsExactly("no JSON");

			var served = samples(installation.metrics());
			assertThat(expressions()).hasSizeGreaterThan(15)
				.allSatisfy((expression) -> assertFinds(expression, served));
		}
	}

	private static void assertFinds(String expression, List<Map<String, String>> served) {
		var selectors = SELECTOR.matcher(expression).results().toList();
		assertThat(selectors).as(expression).isNotEmpty();
		for (var selector : selectors) {
			if (selector.group(1).equals(OF_THE_EXPORTER)) {
				continue;
			}
			var wanted = MATCHER.matcher((selector.group(2) != null) ? selector.group(2) : "")
				.results()
				.filter((matcher) -> !OF_THE_TARGET.contains(matcher.group(1)))
				.toList();
			var found = served.stream()
				.filter((sample) -> selector.group(1).equals(sample.get("__name__")))
				.filter((sample) -> wanted.stream()
					.allMatch((matcher) -> Pattern
						.compile(matcher.group(2).equals("=") ? Pattern.quote(matcher.group(3)) : matcher.group(3))
						.matcher(sample.getOrDefault(matcher.group(1), ""))
						.matches()))
				.toList();
			assertThat(found).as("what %s selects", selector.group()).isNotEmpty();
			assertThat(GROUPING.matcher(expression).results().flatMap((by) -> Stream.of(by.group(1).split(", *"))))
				.filteredOn((label) -> !OF_THE_TARGET.contains(label))
				.as("labels of %s that %s groups by", selector.group(), expression)
				.isSubsetOf(found.get(0).keySet());
		}
	}

	private static List<Map<String, String>> samples(String metrics) {
		return metrics.lines().filter((line) -> !line.startsWith("#")).map((line) -> {
			var sample = new HashMap<String, String>();
			sample.put("__name__", line.split("[{ ]", 2)[0]);
			LABEL.matcher(line).results().forEach((label) -> sample.put(label.group(1), label.group(2)));
			return (Map<String, String>) sample;
		}).toList();
	}

	private static List<String> expressions() throws IOException {
		var yaml = new Yaml().load(Files.readString(OVERLAY.resolve("rules.yaml")));
		var json = new JsonMapper();
		return Stream.of(json.valueToTree(yaml), json.readTree(OVERLAY.resolve("dashboard.json").toFile()))
			.flatMap((tree) -> tree.findValues("expr").stream())
			.map(JsonNode::asText)
			.filter((expression) -> !expression.contains(OF_THE_EXPORTER) || expression.contains("dapr_"))
			.toList();
	}

}
