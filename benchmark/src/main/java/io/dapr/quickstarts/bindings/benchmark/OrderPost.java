package io.dapr.quickstarts.bindings.benchmark;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Calls a consumer as its sidecar would. */
final class OrderPost {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	private static final HttpClient HTTP = HttpClient.newBuilder()
		.version(HttpClient.Version.HTTP_1_1)
		.connectTimeout(LIMIT)
		.build();

	private OrderPost() {
	}

	/** Whether something listens at a local port. */
	static boolean isListening(int port) {
		try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
			return socket.isConnected();
		}
		catch (IOException ex) {
			return false;
		}
	}

	/**
	 * Posts an order and waits until it is handled.
	 * @param port where the consumer listens
	 * @param orderId the order's number
	 * @throws IllegalStateException if the consumer does not answer 200
	 */
	static void send(int port, long orderId) {
		var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/sample-topic"))
			.timeout(LIMIT)
			.header("Content-Type", "application/json")
			.header(FilledTopic.MESSAGE_ID, FilledTopic.messageId(0, orderId))
			.POST(HttpRequest.BodyPublishers.ofByteArray(FilledTopic.order(orderId, 0)))
			.build();
		try {
			var status = HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
			if (status != 200) {
				throw new IllegalStateException("The consumer answered %d to order %d".formatted(status, orderId));
			}
		}
		catch (IOException ex) {
			throw new IllegalStateException("The consumer did not answer to order " + orderId, ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted", ex);
		}
	}

}
