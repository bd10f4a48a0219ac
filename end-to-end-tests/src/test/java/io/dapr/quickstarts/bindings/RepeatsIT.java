package io.dapr.quickstarts.bindings;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

import io.dapr.quickstarts.bindings.launcher.kafka.KafkaBroker;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A message that was handled before is known by its id. */
@OnKafka
class RepeatsIT {

	private final HttpClient http = HttpClient.newHttpClient();

	@Test
	void aRepeatIsSkipped(KafkaBroker kafka) throws Exception {
		try (var installation = new Installation(kafka)) {
			installation.startConsumer();
			installation.startProducerSidecar();
			send(installation, 1, "\"message-id\": \"first\"");
			send(installation, 1, "\"message-id\": \"first\"");
			send(installation, 2, "\"message-id\": \"second\"");

			installation.awaitAllOnceInOrder(2);
			assertThat(installation.consumerLines)
				.filteredOn((line) -> line.endsWith("Order 1 was delivered again; skipped"))
				.hasSize(1);
		}
	}

	@Test
	void anotherOrderWithTheSameIdIsHandledToo(KafkaBroker kafka) throws Exception {
		try (var installation = new Installation(kafka)) {
			installation.startConsumer();
			installation.startProducerSidecar();
			send(installation, 1, "\"message-id\": \"same\"");
			send(installation, 2, "\"message-id\": \"same\"");

			installation.awaitAllOnceInOrder(2);
			assertThat(installation.consumerLines)
				.filteredOn((line) -> line
					.contains("A different order came with the message id same before; this one is handled too"))
				.hasSize(1);
		}
	}

	@Test
	void aMessageWithoutIdIsHandledAsItComes(KafkaBroker kafka) throws Exception {
		try (var installation = new Installation(kafka)) {
			installation.startConsumer();
			installation.startProducerSidecar();
			send(installation, 1, "");
			send(installation, 1, "");

			await("both have arrived").atMost(Installation.LIMIT)
				.until(() -> installation.deliveries.handled().size() == 2);
		}
	}

	private void send(Installation installation, long orderId, String metadata) throws Exception {
		var request = HttpRequest
			.newBuilder(URI
				.create("http://localhost:" + installation.producerSidecar.httpPort() + "/v1.0/bindings/sample-topic"))
			.POST(HttpRequest.BodyPublishers.ofString("""
					{"operation": "create", "data": {"orderId": %d}, "metadata": {%s}}""".formatted(orderId, metadata)))
			.build();
		assertThat(this.http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode()).isEqualTo(204);
	}

}
