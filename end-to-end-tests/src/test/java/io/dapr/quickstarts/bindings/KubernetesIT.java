package io.dapr.quickstarts.bindings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

import io.dapr.quickstarts.bindings.launcher.Project;
import io.dapr.quickstarts.bindings.launcher.process.ManagedProcess;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The manifests in a real cluster with Dapr, under load: a rolling update and a change of
 * the number of consumers lose no order, and each partition keeps its order. It changes
 * the cluster that kubectl is set up for, so it runs only when it is asked for:
 * {@code -Dgroups=kubernetes -DexcludedGroups=}.
 */
@Tag("kubernetes")
class KubernetesIT {

	private static final Logger log = LoggerFactory.getLogger(KubernetesIT.class);

	private static final String KAFKA = "/opt/kafka/bin/";

	private static final String BROKER = "localhost:19092";

	/** Up to 50 orders per second. */
	private static final String INTERVAL_MS = "20";

	private static final Pattern ORDER = Pattern.compile("^Partition:(\\d+)\t\\{\"orderId\":(\\d+)}$",
			Pattern.MULTILINE);

	private static final Path DEPLOY = Project.current().home().resolve("deploy");

	private final Map<String, Deliveries> consumers = new ConcurrentHashMap<>();

	private final Map<String, ManagedProcess> logs = new ConcurrentHashMap<>();

	private final ScheduledExecutorService newPods = Executors.newSingleThreadScheduledExecutor();

	private ScheduledFuture<?> following;

	@TempDir
	private Path folder;

	private Path apps;

	@BeforeEach
	void startKafka() {
		Kubectl.run("create", "namespace", "kafka");
		Kubectl.run("apply", "-f", DEPLOY.resolve("kafka.yaml").toString());
		Kubectl.run("wait", "--namespace", "kafka", "--for=condition=Available", "deployment/dapr-kafka",
				"--timeout=180s");
		kafka("kafka-topics.sh", "--alter", "--topic", "sample", "--partitions", "3");
		for (var token : List.of("app-api-token", "dapr-api-token")) {
			Kubectl.run("create", "secret", "generic", token, "--from-literal=token=" + token);
		}
	}

	@AfterEach
	void remove() {
		this.newPods.shutdownNow();
		this.logs.values().forEach(ManagedProcess::kill);
		Kubectl.run("delete", "--ignore-not-found", "-f", this.apps.toString());
		Kubectl.run("delete", "secret", "app-api-token", "dapr-api-token");
		Kubectl.run("delete", "namespace", "kafka");
	}

	@Test
	void base() throws IOException {
		rollingUpdateAndScaling("base");
	}

	private void rollingUpdateAndScaling(String kustomization) throws IOException {
		this.apps = this.folder.resolve("apps.yaml");
		Files.writeString(this.apps, withLoad(Kubectl.run("kustomize", DEPLOY.resolve(kustomization).toString())));
		Kubectl.run("apply", "-f", this.apps.toString());
		this.following = this.newPods.scheduleWithFixedDelay(this::followNewPods, 0, 500, TimeUnit.MILLISECONDS);
		awaitArrivals(100);

		scale(3);
		awaitArrivals(delivered().firstDeliveries().size() + 200);
		var update = System.currentTimeMillis() * 1_000_000;
		Kubectl.run("rollout", "restart", "deployment/consumer-app");
		Kubectl.run("rollout", "status", "deployment/consumer-app", "--timeout=240s");
		awaitArrivals(delivered().firstDeliveries().size() + 200);
		var scaleIn = System.currentTimeMillis() * 1_000_000;
		scale(1);
		awaitArrivals(delivered().firstDeliveries().size() + 200);
		Kubectl.run("scale", "deployment/producer-app", "--replicas=0");
		Kubectl.run("wait", "--for=delete", "pod", "--selector=app=producer-app", "--timeout=60s");

		var sent = ordersByPartition();
		awaitArrivals(sent.values().stream().mapToInt(List::size).sum());
		var delivered = delivered();
		delivered.assertAllInOrder(sent);
		assertThat(sent).hasSize(3);
		log.info(
				"{} orders to {} pods, {} delivered again; longest gap of a partition: {} in all, {} from the update on, "
						+ "{} from the scaling in on",
				delivered.firstDeliveries().size(), this.consumers.size(), delivered.repeats(),
				delivered.longestGap(sent), delivered.since(update).longestGap(sent),
				delivered.since(scaleIn).longestGap(sent));
	}

	private static String withLoad(String manifests) {
		var changed = new ArrayList<String>();
		for (var manifest : manifests.split("\n---\n")) {
			changed.add((manifest.contains("kind: Deployment\n") && manifest.contains("name: producer-app\n"))
					? manifest.replaceFirst("(\n +)env:",
							"$1env:$1- name: ORDER_INTERVAL_MS$1  value: \"" + INTERVAL_MS + "\"")
					: manifest);
		}
		return String.join("\n---\n", changed);
	}

	private static void scale(int replicas) {
		Kubectl.run("scale", "deployment/consumer-app", "--replicas=" + replicas);
		Kubectl.run("rollout", "status", "deployment/consumer-app", "--timeout=240s");
	}

	private static String kafka(String command, String... arguments) {
		var all = new ArrayList<>(List.of("exec", "--namespace", "kafka", "deployment/dapr-kafka", "--",
				KAFKA + command, "--bootstrap-server", BROKER));
		all.addAll(List.of(arguments));
		return Kubectl.run(all.toArray(String[]::new));
	}

	/** The log of a pod is gone with the pod. */
	private void followNewPods() {
		Kubectl
			.run("get", "pods", "--selector=app=consumer-app", "--output",
					"jsonpath={range .items[*]}{.metadata.name}"
							+ " {.status.containerStatuses[?(@.name=='consumer-app')].state.running.startedAt}{'\\n'}{end}")
			.lines()
			.map((line) -> line.split(" "))
			.filter((podAndStart) -> podAndStart.length == 2)
			.map((podAndStart) -> podAndStart[0])
			.filter((pod) -> !this.logs.containsKey(pod))
			.forEach((pod) -> {
				var deliveries = this.consumers.computeIfAbsent(pod, (name) -> new Deliveries());
				var followed = Kubectl.follow(pod, "consumer-app", (line) -> {
					var time = line.indexOf(' ');
					if (time > 0 && Character.isDigit(line.charAt(0))) {
						var instant = Instant.parse(line.substring(0, time));
						deliveries.read(line, instant.getEpochSecond() * 1_000_000_000 + instant.getNano());
					}
				});
				followed.start();
				this.logs.put(pod, followed);
			});
	}

	private Delivered delivered() {
		return Deliveries.together(this.consumers.values().stream());
	}

	private void awaitArrivals(long count) {
		await("%d orders have arrived".formatted(count)).atMost(Duration.ofMinutes(2))
			.until(() -> {
				if (this.following.isDone()) {
					this.following.get();
				}
				return delivered().firstDeliveries().size() >= count;
			});
	}

	private static Map<Integer, List<Long>> ordersByPartition() {
		var orders = new TreeMap<Integer, List<Long>>();
		ORDER
			.matcher(kafka("kafka-console-consumer.sh", "--topic", "sample", "--from-beginning", "--timeout-ms", "5000",
					"--formatter-property", "print.partition=true"))
			.results()
			.forEach(
					(order) -> orders.computeIfAbsent(Integer.valueOf(order.group(1)), (partition) -> new ArrayList<>())
						.add(Long.valueOf(order.group(2))));
		orders.replaceAll((partition, all) -> all.stream().distinct().toList());
		return orders;
	}

}
