package io.dapr.quickstarts.bindings;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A message that was handled before is known by its id. */
@OnKafka
class RedeliveryIT {

	private final HttpClient http = HttpClient.newHttpClient();

	@Test
	void aRepeatIsSkipped(Installation installation) throws Exception {
		send(installation, 1, "\"message-id\": \"first\"");
		send(installation, 1, "\"message-id\": \"first\"");
		send(installation, 2, "\"message-id\": \"second\"");

		installation.awaitAllOnceInOrder(2);
		assertThat(installation.consumerLines)
			.filteredOn((line) -> line.endsWith("Order 1 was delivered again; skipped"))
			.hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "same", "3f2a9c1b7d40-2" })
	void anotherOrderWithTheSameIdIsHandledToo(String id, Installation installation) throws Exception {
		for (var order = 1; order <= 3; order++) {
			send(installation, order, "\"message-id\": \"" + id + "\"");
		}

		installation.awaitAllOnceInOrder(3);
	}

	@Test
	void aMessageWithoutIdIsHandledAsItComes(Installation installation) throws Exception {
		send(installation, 1, "");
		send(installation, 1, "");

		await("both have arrived").atMost(Installation.LIMIT)
			.until(() -> installation.deliveries.handled().size() == 2);
	}

	private void send(Installation installation, long orderId, String metadata) throws Exception {
		var request = HttpRequest
			.newBuilder(URI
				.create("http://localhost:" + installation.producerSidecar.httpPort() + "/v1.0/bindings/sample-topic"))
			.timeout(Installation.LIMIT)
			.POST(HttpRequest.BodyPublishers.ofString("""
					{"operation": "create", "data": {"orderId": %d}, "metadata": {%s}}""".formatted(orderId, metadata)))
			.build();
		assertThat(this.http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode()).isEqualTo(204);
	}

}
