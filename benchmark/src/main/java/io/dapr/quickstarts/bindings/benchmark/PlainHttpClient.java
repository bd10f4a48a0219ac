package io.dapr.quickstarts.bindings.benchmark;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/**
 * What the producer would be without the SDK: the JDK's own HTTP client, which keeps its
 * connection to the sidecar's HTTP API, one order after the other.
 */
final class PlainHttpClient {

	private static final Duration ANSWER_LIMIT = Duration.ofSeconds(10);

	private PlainHttpClient() {
	}

	/**
	 * Sends as many orders as {@code ORDERS} says to the sidecar at
	 * {@code DAPR_HTTP_PORT}, and ends.
	 * @param args none
	 * @throws IOException if the sidecar cannot be reached, or does not accept an order
	 * @throws InterruptedException if it is interrupted
	 */
	public static void main(String[] args) throws IOException, InterruptedException {
		var address = URI.create("http://127.0.0.1:" + System.getenv("DAPR_HTTP_PORT") + "/v1.0/bindings/sample-topic");
		var orders = Integer.parseInt(System.getenv("ORDERS"));
		// As the bare socket does; by itself it would ask for HTTP/2.
		var client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
		for (var order = 1; order <= orders; order++) {
			var request = HttpRequest.newBuilder(address)
				.timeout(ANSWER_LIMIT)
				.header("Content-Type", "application/json")
				.POST(HttpRequest.BodyPublishers.ofString(BareClient.body(order)))
				.build();
			var answer = client.send(request, HttpResponse.BodyHandlers.discarding());
			if (answer.statusCode() != 204) {
				throw new IOException("The sidecar did not accept order " + order + ": " + answer.statusCode());
			}
			if (order % BareClient.ORDERS_PER_LINE == 0) {
				System.out.println(BareClient.ORDERS_PER_LINE + " " + BareClient.LINE);
			}
		}
	}

}
