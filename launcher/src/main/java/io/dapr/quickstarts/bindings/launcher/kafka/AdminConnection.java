package io.dapr.quickstarts.bindings.launcher.kafka;

import java.time.Duration;
import java.util.List;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;

/** An admin client whose answers are awaited for a limited time. */
final class AdminConnection implements AutoCloseable {

	private final Admin admin;

	private final Duration limit;

	/**
	 * Connects to a broker.
	 * @param kafka the broker, which must run
	 * @param limit how long it may take for an answer
	 */
	AdminConnection(KafkaBroker kafka, Duration limit) {
		this.limit = limit;
		var settings = new HashMap<>(kafka.clientSettings());
		settings.putAll(Map.of(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) limit.toMillis(),
				AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) limit.toMillis(),
				AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 200));
		this.admin = Admin.create(settings);
	}

	Admin admin() {
		return this.admin;
	}

	TopicDescription describe(String topic) {
		return get(this.admin.describeTopics(List.of(topic)).allTopicNames()).get(topic);
	}

	/**
	 * Waits for an answer.
	 * @param future what was asked for
	 * @return the answer
	 * @throws IllegalStateException if there is none within the limit, or the broker
	 * refuses; has the cause that Kafka gives
	 */
	<T> T get(KafkaFuture<T> future) {
		try {
			return future.get(this.limit.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException(ex.getCause().getMessage(), ex.getCause());
		}
		catch (TimeoutException ex) {
			throw new IllegalStateException("Kafka did not answer within " + this.limit.toSeconds() + " s", ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted", ex);
		}
	}

	@Override
	public void close() {
		this.admin.close(Duration.ZERO);
	}

}
