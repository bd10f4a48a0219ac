package io.dapr.quickstarts.bindings.benchmark;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The limit that the producer is measured against: one socket that stays open, over which
 * orders are posted to the sidecar's HTTP API, each after the answer to the one before.
 */
final class BareClient {

	/** Printing each order would cost more than sending it. */
	static final int ORDERS_PER_LINE = 10;

	/** Ends each of its lines. */
	static final String LINE = "more orders accepted";

	private static final int ANSWER_LIMIT_MS = 10_000;

	private static final byte[] END_OF_HEAD = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

	private BareClient() {
	}

	/**
	 * Sends as many orders as {@code ORDERS} says to the sidecar at
	 * {@code DAPR_HTTP_PORT}, and ends.
	 * @param args none
	 * @throws IOException if the sidecar cannot be reached, or does not accept an order
	 */
	public static void main(String[] args) throws IOException {
		var port = Integer.parseInt(System.getenv("DAPR_HTTP_PORT"));
		var orders = Integer.parseInt(System.getenv("ORDERS"));
		try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
			socket.setTcpNoDelay(true);
			socket.setSoTimeout(ANSWER_LIMIT_MS);
			for (var order = 1; order <= orders; order++) {
				socket.getOutputStream().write(request(order));
				readAccepted(socket.getInputStream(), order);
				if (order % ORDERS_PER_LINE == 0) {
					System.out.println(ORDERS_PER_LINE + " " + LINE);
				}
			}
		}
	}

	private static byte[] request(int order) {
		var body = body(order);
		return ("POST /v1.0/bindings/sample-topic HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
				+ "Content-Length: " + body.length() + "\r\n\r\n" + body)
			.getBytes(StandardCharsets.US_ASCII);
	}

	/** The body of a request that hands an order to the binding. */
	static String body(int order) {
		return "{\"data\":{\"orderId\":" + order + "},\"operation\":\"create\"}";
	}

	/** The sidecar answers 204, which has no body: the head is all that comes. */
	private static void readAccepted(InputStream answer, int order) throws IOException {
		var head = new byte[8192];
		var length = 0;
		while (!endsHead(head, length)) {
			var read = answer.read(head, length, head.length - length);
			if (read <= 0) {
				throw new IOException("The sidecar's answer to order " + order + " broke off");
			}
			length += read;
		}
		var statusLine = new String(head, 0, Math.min(length, 12), StandardCharsets.US_ASCII);
		if (!statusLine.equals("HTTP/1.1 204")) {
			throw new IOException("The sidecar did not accept order " + order + ": " + statusLine);
		}
	}

	private static boolean endsHead(byte[] head, int length) {
		return length >= END_OF_HEAD.length
				&& Arrays.equals(head, length - END_OF_HEAD.length, length, END_OF_HEAD, 0, END_OF_HEAD.length);
	}

}
