package io.dapr.quickstarts.bindings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

import io.dapr.quickstarts.bindings.launcher.Project;

/**
 * The broker of deploy/kafka.yaml in a cluster, as it is or with TLS, users and rights.
 */
final class ClusterKafka {

	/** Where clients in the cluster find it. */
	static final String ADDRESS = "dapr-kafka.kafka:9092";

	/** Within the broker's pod. */
	private static final String LOCAL_ADDRESS = "localhost:19092";

	private static final String HOST = "dapr-kafka.kafka";

	private static final Pattern ORDER = Pattern.compile("^Partition:(\\d+)\t\\{\"orderId\":(\\d+)}$",
			Pattern.MULTILINE);

	private static final Path MANIFEST = Project.current().home().resolve("deploy/kafka.yaml");

	private ClusterKafka() {
	}

	static void start(int partitions) {
		Kubectl.run("create", "namespace", "kafka");
		start(MANIFEST, partitions);
	}

	/** Starts it with the Secrets for the apps in their namespace. */
	static void startSecured(int partitions, Path folder) throws IOException {
		var authority = new CertificateAuthority();
		var broker = authority.signForHost(HOST);
		Kubectl.run("create", "namespace", "kafka");
		Kubectl.run("create", "secret", "generic", "kafka-tls", "--namespace", "kafka",
				"--from-literal=keystore.pem=" + broker.key() + broker.certificate());
		start(Files.writeString(folder.resolve("kafka.yaml"), secured(Files.readString(MANIFEST))), partitions);
		addUser("producer-app");
		addUser("consumer-app");
		allow("producer-app", "Write", "--topic", "sample");
		allow("consumer-app", "Read", "--topic", "sample");
		allow("consumer-app", "Read", "--group", "group1");
		allow("consumer-app", "Write", "--topic", "sample-dead-letter");
		Kubectl.run("create", "secret", "generic", "kafka-ca", "--from-literal=ca.crt=" + authority.certificate());
	}

	private static void start(Path manifest, int partitions) {
		Kubectl.run("apply", "-f", manifest.toString());
		Kubectl.run("wait", "--namespace", "kafka", "--for=condition=Available", "deployment/dapr-kafka",
				"--timeout=180s");
		run("org.apache.kafka.tools.TopicCommand", "--alter", "--topic", "sample", "--partitions",
				Integer.toString(partitions));
	}

	private static String secured(String manifest) {
		return manifest.replace("map=PLAINTEXT:PLAINTEXT", "map=SASL_SSL:SASL_SSL")
			.replace("listeners=PLAINTEXT://", "listeners=SASL_SSL://")
			.replace("    log.dirs=", """
					    sasl.enabled.mechanisms=SCRAM-SHA-512
					    listener.name.sasl_ssl.scram-sha-512.sasl.jaas.config=\\
					      org.apache.kafka.common.security.scram.ScramLoginModule required;
					    ssl.keystore.type=PEM
					    ssl.keystore.location=/etc/kafka-tls/keystore.pem
					    authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer
					    super.users=User:ANONYMOUS
					""" + "    log.dirs=")
			.replace("          volumeMounts:\n", """
					          volumeMounts:
					            - name: tls
					              mountPath: /etc/kafka-tls
					""")
			.replace("      volumes:\n", """
					      volumes:
					        - name: tls
					          secret:
					            secretName: kafka-tls
					""");
	}

	private static void addUser(String user) {
		run("kafka.admin.ConfigCommand", "--alter", "--entity-type", "users", "--entity-name", user, "--add-config",
				"SCRAM-SHA-512=[password=%s]".formatted(SecuredKafka.PASSWORD));
		Kubectl.run("create", "secret", "generic", "kafka-" + user, "--from-literal=password=" + SecuredKafka.PASSWORD);
	}

	private static void allow(String user, String operation, String resource, String name) {
		run("org.apache.kafka.tools.AclCommand", "--add", "--allow-principal", "User:" + user, "--operation", operation,
				resource, name);
	}

	static void remove() {
		Kubectl.run("delete", "--ignore-not-found", "namespace", "kafka");
		Kubectl.run("delete", "--ignore-not-found", "secret", "kafka-ca", "kafka-producer-app", "kafka-consumer-app");
	}

	/** The orders that each partition holds, without those that were written again. */
	static Map<Integer, List<Long>> ordersByPartition() {
		var orders = new TreeMap<Integer, List<Long>>();
		ORDER
			.matcher(run("org.apache.kafka.tools.consumer.ConsoleConsumer", "--topic", "sample", "--from-beginning",
					"--timeout-ms", "5000", "--formatter-property", "print.partition=true"))
			.results()
			.forEach(
					(order) -> orders.computeIfAbsent(Integer.valueOf(order.group(1)), (partition) -> new ArrayList<>())
						.add(Long.valueOf(order.group(2))));
		orders.replaceAll((partition, all) -> all.stream().distinct().toList());
		return orders;
	}

	/** By the class of the tool: a small image has not each script. */
	private static String run(String tool, String... arguments) {
		var all = new ArrayList<>(List.of("exec", "--namespace", "kafka", "deployment/dapr-kafka", "--",
				"/opt/kafka/bin/kafka-run-class.sh", tool, "--bootstrap-server", LOCAL_ADDRESS));
		all.addAll(List.of(arguments));
		return Kubectl.run(all.toArray(String[]::new));
	}

}
