package io.dapr.quickstarts.bindings.benchmark.programs;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The limit of the producer: one socket that stays open, over which each order is posted
 * to the sidecar's HTTP API after the response to the one before.
 */
public final class BareClient {

	private static final int RESPONSE_LIMIT_MS = 10_000;

	private static final byte[] END_OF_HEAD = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

	private BareClient() {
	}

	/**
	 * Sends {@code ORDERS} orders to the sidecar at {@code DAPR_HTTP_PORT}.
	 * @param args none
	 * @throws IOException if the sidecar cannot be reached, or does not accept an order
	 */
	public static void main(String[] args) throws IOException {
		var port = Integer.parseInt(System.getenv("DAPR_HTTP_PORT"));
		try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
			socket.setTcpNoDelay(true);
			socket.setSoTimeout(RESPONSE_LIMIT_MS);
			for (var order = 1; order <= Orders.count(); order++) {
				socket.getOutputStream().write(request(order));
				readAccepted(socket.getInputStream(), order);
				Orders.accepted(order);
			}
		}
	}

	private static byte[] request(int order) {
		var body = Orders.body(order);
		return ("POST " + Orders.PATH + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
				+ "Content-Length: " + body.length() + "\r\n\r\n" + body)
			.getBytes(StandardCharsets.US_ASCII);
	}

	/** The sidecar answers 204, which has no body: the head is all that comes. */
	private static void readAccepted(InputStream response, int order) throws IOException {
		var head = new byte[8192];
		var length = 0;
		while (!endsHead(head, length)) {
			var read = response.read(head, length, head.length - length);
			if (read <= 0) {
				throw new IOException("The sidecar's response to order " + order + " is incomplete");
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
