package io.dapr.quickstarts.bindings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

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

	private static final int PARTITIONS = 3;

	/** Up to 50 orders per second. */
	private static final String INTERVAL_MS = "20";

	private final Map<String, Deliveries> consumers = new ConcurrentHashMap<>();

	private final Map<String, ManagedProcess> logs = new ConcurrentHashMap<>();

	private final ScheduledExecutorService newPods = Executors.newSingleThreadScheduledExecutor();

	private ScheduledFuture<?> following;

	@TempDir
	private Path folder;

	private Path apps;

	@BeforeEach
	void createTokens() {
		for (var token : List.of("app-api-token", "dapr-api-token")) {
			Kubectl.run("create", "secret", "generic", token, "--from-literal=token=" + token);
		}
	}

	@AfterEach
	void remove() {
		this.newPods.shutdownNow();
		this.logs.values().forEach(ManagedProcess::kill);
		if (this.apps != null) {
			Kubectl.run("delete", "--ignore-not-found", "-f", this.apps.toString());
		}
		Kubectl.run("delete", "--ignore-not-found", "secret", "app-api-token", "dapr-api-token");
		ClusterKafka.remove();
	}

	@Test
	void base() throws IOException {
		ClusterKafka.start(PARTITIONS);
		deploy("base");
		updateAndScale();
	}

	@Test
	void externalKafka() throws IOException {
		ClusterKafka.startSecured(PARTITIONS, this.folder);
		deploy("overlays/external-kafka");
		updateAndScale();
	}

	private void deploy(String kustomization) throws IOException {
		var rendered = Kubectl.run("kustomize",
				Project.current().home().resolve("deploy").resolve(kustomization).toString());
		this.apps = Files.writeString(this.folder.resolve("apps.yaml"),
				withLoad(rendered.replace("kafka.example.com:9093", ClusterKafka.ADDRESS)));
		Kubectl.run("apply", "-f", this.apps.toString());
		this.following = this.newPods.scheduleWithFixedDelay(this::followNewPods, 0, 500, TimeUnit.MILLISECONDS);
	}

	private static String withLoad(String manifests) {
		var start = manifests.indexOf("name: producer-app\n", manifests.indexOf("kind: Deployment\n"));
		var loaded = manifests.substring(start)
			.replaceFirst("env:(\n +)- name",
					"env:$1- name: ORDER_INTERVAL_MS$1  value: \"" + INTERVAL_MS + "\"$1- name");
		assertThat(loaded).contains("ORDER_INTERVAL_MS");
		return manifests.substring(0, start) + loaded;
	}

	private void updateAndScale() {
		awaitFurtherArrivals();
		scale(3);
		awaitFurtherArrivals();
		var update = nanoseconds(Instant.now());
		Kubectl.run("rollout", "restart", "deployment/consumer-app");
		awaitRollout();
		awaitFurtherArrivals();
		var scaleIn = nanoseconds(Instant.now());
		scale(1);
		awaitFurtherArrivals();
		Kubectl.run("scale", "deployment/producer-app", "--replicas=0");
		Kubectl.run("wait", "--for=delete", "pod", "--selector=app=producer-app", "--timeout=60s");

		var sent = ClusterKafka.ordersByPartition();
		assertThat(sent).as("where the orders of one run are").hasSize(1);
		awaitArrivals(sent.values().stream().mapToInt(List::size).sum());
		var delivered = delivered();
		delivered.assertAllInOrder(sent);
		log.info(
				"{} orders to {} pods, {} delivered again; longest gap of a partition: {} in all, {} from the update "
						+ "on, {} from the scaling in on",
				delivered.firstDeliveries().size(), this.consumers.size(), delivered.repeats(),
				delivered.longestGap(sent), delivered.since(update).longestGap(sent),
				delivered.since(scaleIn).longestGap(sent));
	}

	private static void scale(int replicas) {
		Kubectl.run("scale", "deployment/consumer-app", "--replicas=" + replicas);
		awaitRollout();
	}

	private static void awaitRollout() {
		Kubectl.run("rollout", "status", "deployment/consumer-app", "--timeout=240s");
	}

	/** The log of a pod is gone with the pod. */
	private void followNewPods() {
		Kubectl
			.run("get", "pods", "--selector=app=consumer-app", "--output", "jsonpath={range .items[*]}{.metadata.name}"
					+ " {.status.containerStatuses[?(@.name=='consumer-app')].state.running.startedAt}{'\\n'}{end}")
			.lines()
			.map((line) -> line.split(" "))
			.filter((podAndStart) -> podAndStart.length == 2)
			.map((podAndStart) -> podAndStart[0])
			.filter((pod) -> !this.logs.containsKey(pod))
			.forEach((pod) -> {
				var deliveries = this.consumers.computeIfAbsent(pod, (name) -> new Deliveries());
				var followed = Kubectl.follow(pod, "consumer-app", (line) -> {
					var time = line.split(" ", 2)[0];
					deliveries.read(line, nanoseconds(Instant.parse(time)));
				});
				followed.start();
				this.logs.put(pod, followed);
			});
	}

	private static long nanoseconds(Instant instant) {
		return TimeUnit.SECONDS.toNanos(instant.getEpochSecond()) + instant.getNano();
	}

	private Delivered delivered() {
		return Deliveries.together(this.consumers.values().stream());
	}

	private void awaitFurtherArrivals() {
		awaitArrivals(delivered().firstDeliveries().size() + 200);
	}

	private void awaitArrivals(long count) {
		await("%d orders have arrived".formatted(count)).atMost(Duration.ofMinutes(3)).until(() -> {
			if (this.following.isDone()) {
				this.following.get();
			}
			return delivered().firstDeliveries().size() >= count;
		});
	}

}
