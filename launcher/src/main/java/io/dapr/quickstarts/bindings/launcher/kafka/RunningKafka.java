package io.dapr.quickstarts.bindings.launcher.kafka;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

import io.dapr.quickstarts.bindings.launcher.process.InvalidSettingException;
import io.dapr.quickstarts.bindings.launcher.process.Wait;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.errors.AuthenticationException;

/**
 * A broker that somebody else runs; it is neither started nor stopped.
 *
 * @param bootstrapServers where it listens, host:port
 * @param clientSettings Kafka's own client settings, by name
 */
public record RunningKafka(String bootstrapServers, Map<String, Object> clientSettings) implements KafkaBroker {

	private static final Duration ANSWER_LIMIT = Duration.ofSeconds(10);

	private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);

	public RunningKafka {
		var settings = new HashMap<>(clientSettings);
		settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
		clientSettings = Map.copyOf(settings);
	}

	/**
	 * Waits until the broker answers.
	 * @throws IllegalStateException if nobody answers
	 * @throws InvalidSettingException if its clients could not use it
	 */
	@Override
	public void start() {
		awaitBroker();
		try (var topics = new Topics(this, ANSWER_LIMIT)) {
			topics.brokers().forEach(this::checkReachable);
		}
	}

	private void awaitBroker() {
		var refusal = new AtomicReference<AuthenticationException>();
		try (var topics = new Topics(this, Duration.ofSeconds(1))) {
			Wait.until("a Kafka broker answers at " + this.bootstrapServers, ANSWER_LIMIT,
					() -> answers(topics, refusal));
		}
		catch (IllegalStateException ex) {
			throw explained(ex);
		}
		if (refusal.get() != null) {
			throw new InvalidSettingException("Kafka at %s and this client do not accept each other: %s"
				.formatted(this.bootstrapServers, reason(refusal.get())));
		}
	}

	/** A refusal is an answer that does not change. */
	private static boolean answers(Topics topics, AtomicReference<AuthenticationException> refusal) {
		try {
			return !topics.brokers().isEmpty();
		}
		catch (IllegalStateException ex) {
			if (ex.getCause() instanceof AuthenticationException refused) {
				refusal.set(refused);
				return true;
			}
			throw ex;
		}
	}

	/** Why a handshake failed is in the last cause. */
	private static String reason(Throwable failure) {
		var root = failure;
		while (root.getCause() != null) {
			root = root.getCause();
		}
		return (root == failure) ? failure.getMessage() : failure.getMessage() + ": " + root.getMessage();
	}

	/** Something else than a Kafka broker may listen there. */
	private RuntimeException explained(IllegalStateException noAnswer) {
		try {
			var colon = this.bootstrapServers.lastIndexOf(':');
			connect(this.bootstrapServers.substring(0, colon),
					Integer.parseInt(this.bootstrapServers.substring(colon + 1)));
		}
		catch (IOException ex) {
			return noAnswer;
		}
		return new InvalidSettingException(
				"something listens at %s, but Kafka clients cannot use it: it may be no Kafka broker, a secured one, which needs --kafka-config, or one that sends its clients to an address (its advertised.listeners) that cannot be reached from here"
					.formatted(this.bootstrapServers));
	}

	private static void connect(String host, int port) throws IOException {
		try (var socket = new Socket()) {
			socket.connect(new InetSocketAddress(host, port), (int) CONNECT_LIMIT.toMillis());
		}
	}

	/** A broker sends its clients to the address that it calls its own. */
	private void checkReachable(Node broker) {
		try {
			connect(broker.host(), broker.port());
		}
		catch (IOException ex) {
			throw new InvalidSettingException(
					"the Kafka broker at %s sends its clients to %s:%s (its advertised.listeners), which cannot be reached from here: %s"
						.formatted(this.bootstrapServers, broker.host(), broker.port(),
								(ex instanceof UnknownHostException) ? "unknown host" : ex.getMessage()));
		}
	}

	@Override
	public void stop() {
		// Not ours to stop.
	}

	@Override
	public void kill() {
		throw new UnsupportedOperationException("The broker at " + this.bootstrapServers + " is not ours to kill");
	}

}
