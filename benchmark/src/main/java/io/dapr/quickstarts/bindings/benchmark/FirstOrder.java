package io.dapr.quickstarts.bindings.benchmark;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.UUID;

/** Posts an order to a consumer as a sidecar would. */
final class FirstOrder {

	private static final int LIMIT_MS = 10_000;

	private FirstOrder() {
	}

	/**
	 * Posts an order and waits until it is handled.
	 * @param port where the consumer listens
	 * @param orderId the order's number
	 * @throws IllegalStateException if the consumer does not answer 200
	 */
	static void post(int port, long orderId) {
		try {
			var post = (HttpURLConnection) URI.create("http://127.0.0.1:" + port + "/sample-topic")
				.toURL()
				.openConnection();
			post.setConnectTimeout(LIMIT_MS);
			post.setReadTimeout(LIMIT_MS);
			post.setRequestMethod("POST");
			post.setRequestProperty("Content-Type", "application/json");
			post.setRequestProperty("message-id", UUID.randomUUID().toString());
			post.setDoOutput(true);
			try (var body = post.getOutputStream()) {
				body.write(OrderTopic.order(orderId, 0));
			}
			var status = post.getResponseCode();
			if (status != HttpURLConnection.HTTP_OK) {
				throw new IllegalStateException("The consumer answered %d to order %d".formatted(status, orderId));
			}
			// Read to its end, so that the connection is used again.
			post.getInputStream().readAllBytes();
		}
		catch (IOException ex) {
			throw new IllegalStateException("The consumer did not answer to order " + orderId, ex);
		}
	}

}
