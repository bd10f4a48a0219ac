package io.dapr.quickstarts.bindings;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

import io.dapr.quickstarts.bindings.launcher.kafka.KafkaBroker;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Sidecars and apps with both tokens, as in deploy/: nobody else is let in. */
@OnKafka
class TokensIT {

	private static final int ORDERS = 10;

	private final HttpClient http = HttpClient.newHttpClient();

	@Test
	void onlySidecarsAndAppsGetIn(KafkaBroker kafka) throws Exception {
		var tokens = Map.of("APP_API_TOKEN", "the app's token", "DAPR_API_TOKEN", "the sidecar's token");
		try (var installation = Installation.on(kafka).sidecarEnvironment(tokens).appEnvironment(tokens).build();
				var writer = new TopicWriter(kafka, installation.topic);
				var deadLetters = new TopicReader(kafka, installation.deadLetterTopic)) {
			installation.startConsumer();
			writer.write(writer.record(null, "not an order".getBytes()));
			installation.startProducerSidecar();
			installation.startProducer(ORDERS, Duration.ZERO);

			installation.awaitAllOnceInOrder(ORDERS);
			// Written at least once, on a busy machine perhaps twice.
			assertThat(deadLetters.values(1)).containsOnly("not an order");
			assertThat(post(installation.consumerPort, "/sample-topic", "{\"orderId\": 77}")).isEqualTo(401);
			for (var sidecar : new int[] { installation.consumerSidecar.httpPort(),
					installation.producerSidecar.httpPort() }) {
				assertThat(post(sidecar, "/v1.0/bindings/sample-topic",
						"{\"operation\": \"create\", \"data\": {\"orderId\": 78}}"))
					.isEqualTo(401);
			}
			writer.write(writer.order(ORDERS + 1));
			installation.awaitAllOnceInOrder(ORDERS + 1);
		}
	}

	private int post(int port, String path, String body) throws Exception {
		var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
			.header("Content-Type", "application/json")
			.timeout(Installation.LIMIT)
			.POST(HttpRequest.BodyPublishers.ofString(body))
			.build();
		return this.http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
	}

}
