package io.dapr.quickstarts.bindings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

import io.dapr.quickstarts.bindings.launcher.kafka.EmbeddedKafka;
import io.dapr.quickstarts.bindings.launcher.process.FreePorts;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;

/**
 * A broker with TLS, users and rights, as a company runs it. The operator has a listener
 * of his own, which asks for nothing.
 */
class SecuredKafka implements AutoCloseable {

	static final String PASSWORD = "correct horse";

	final CertificateAuthority authority = new CertificateAuthority();

	final EmbeddedKafka broker;

	private final int passwordPort = FreePorts.any();

	private final int certificatePort = FreePorts.any();

	private final Path folder = TestKafka.temporaryFolder("secured-");

	SecuredKafka() {
		present(this.authority.sign("broker"));
		write("ca.pem", this.authority.certificate());
		var port = FreePorts.any();
		var format = Stream.of("producer-app", "consumer-app", "launcher")
			.flatMap(
					(user) -> Stream.of("--add-scram", "SCRAM-SHA-512=[name=%s,password=%s]".formatted(user, PASSWORD)))
			.toList();
		this.broker = new EmbeddedKafka(port, this.folder, settings("127.0.0.1:" + port), format, (line) -> {
		});
		this.broker.start();
	}

	private Map<String, String> settings(String operator) {
		var controller = "127.0.0.1:" + FreePorts.any();
		var settings = new HashMap<String, String>();
		settings.put("controller.quorum.voters", "1@" + controller);
		settings.put("listeners", "PLAINTEXT://%s,SASL_SSL://%s,SSL://%s,CONTROLLER://%s".formatted(operator,
				withPassword(), withCertificate(), controller));
		settings.put("listener.security.protocol.map",
				"PLAINTEXT:PLAINTEXT,SASL_SSL:SASL_SSL,SSL:SSL,CONTROLLER:PLAINTEXT");
		settings.put("inter.broker.listener.name", "PLAINTEXT");
		settings.put("sasl.enabled.mechanisms", "SCRAM-SHA-512");
		settings.put("listener.name.sasl_ssl.scram-sha-512.sasl.jaas.config",
				"org.apache.kafka.common.security.scram.ScramLoginModule required;");
		settings.put("listener.name.ssl.ssl.client.auth", "required");
		settings.put("listener.name.ssl.ssl.principal.mapping.rules", "RULE:^CN=(.*)$/$1/");
		settings.put("ssl.keystore.type", "PEM");
		settings.put("ssl.keystore.location", this.folder.resolve("broker.pem").toString());
		settings.put("ssl.truststore.type", "PEM");
		settings.put("ssl.truststore.location", this.folder.resolve("ca.pem").toString());
		settings.put("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
		settings.put("super.users", "User:ANONYMOUS");
		return settings;
	}

	/** Where clients log in with user and password (SASL_SSL, SCRAM-SHA-512). */
	String withPassword() {
		return "127.0.0.1:" + this.passwordPort;
	}

	/** Where clients show a certificate (SSL). */
	String withCertificate() {
		return "127.0.0.1:" + this.certificatePort;
	}

	/** Gives the broker another certificate, which it shows after its next start. */
	void present(CertificateAuthority.Signed certificate) {
		write("broker.pem", certificate.key() + certificate.certificate());
	}

	/** A client's settings for the listener with passwords, in a file. */
	Path clientConfig(String password) {
		write("client.properties",
				"""
						security.protocol=SASL_SSL
						sasl.mechanism=SCRAM-SHA-512
						sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required username="launcher" password="%s";
						ssl.truststore.type=PEM
						ssl.truststore.location=%s
						"""
					.formatted(password, this.folder.resolve("ca.pem")));
		return this.folder.resolve("client.properties");
	}

	/** The secrets of the apps, as in the cluster's namespace. */
	LocalSecrets secrets() {
		var producer = this.authority.sign("producer-app");
		var consumer = this.authority.sign("consumer-app");
		return new LocalSecrets(Map.of("kafka-ca", Map.of("ca.crt", this.authority.certificate()), "kafka-producer-app",
				Map.of("password", PASSWORD, "user.crt", producer.certificate(), "user.key", producer.key()),
				"kafka-consumer-app",
				Map.of("password", PASSWORD, "user.crt", consumer.certificate(), "user.key", consumer.key())));
	}

	/** Gives each app the rights that it needs, and no others. */
	void allowApps(String topic, String deadLetterTopic, String group) {
		try (var admin = new KafkaAdmin(this.broker)) {
			admin.allow("producer-app", AclOperation.WRITE, ResourceType.TOPIC, topic);
			admin.allow("consumer-app", AclOperation.READ, ResourceType.TOPIC, topic);
			admin.allow("consumer-app", AclOperation.READ, ResourceType.GROUP, group);
			admin.allow("consumer-app", AclOperation.WRITE, ResourceType.TOPIC, deadLetterTopic);
		}
	}

	private void write(String name, String text) {
		try {
			Files.writeString(this.folder.resolve(name), text);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		this.broker.stop();
	}

}
