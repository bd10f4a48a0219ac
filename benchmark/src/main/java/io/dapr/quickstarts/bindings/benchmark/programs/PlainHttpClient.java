package io.dapr.quickstarts.bindings.benchmark.programs;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** The producer with the JDK's HTTP client in place of the SDK. */
public final class PlainHttpClient {

	private static final Duration RESPONSE_LIMIT = Duration.ofSeconds(10);

	private PlainHttpClient() {
	}

	/**
	 * Sends {@code ORDERS} orders to the sidecar at {@code DAPR_HTTP_PORT}.
	 * @param args none
	 * @throws IOException if the sidecar cannot be reached, or does not accept an order
	 * @throws InterruptedException if it is interrupted
	 */
	public static void main(String[] args) throws IOException, InterruptedException {
		var address = URI.create("http://127.0.0.1:" + System.getenv("DAPR_HTTP_PORT") + Orders.PATH);
		// As the bare socket does; the default asks for HTTP/2.
		var client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
		for (var order = 1; order <= Orders.count(); order++) {
			var request = HttpRequest.newBuilder(address)
				.timeout(RESPONSE_LIMIT)
				.header("Content-Type", "application/json")
				.POST(HttpRequest.BodyPublishers.ofString(Orders.body(order)))
				.build();
			var response = client.send(request, HttpResponse.BodyHandlers.discarding());
			if (response.statusCode() != 204) {
				throw new IOException("The sidecar did not accept order " + order + ": " + response.statusCode());
			}
			Orders.accepted(order);
		}
	}

}
