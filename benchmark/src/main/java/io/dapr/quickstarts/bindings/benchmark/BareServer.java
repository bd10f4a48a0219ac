package io.dapr.quickstarts.bindings.benchmark;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicLong;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * The limit that the consumer is measured against: the JDK's own HTTP server, which
 * answers 200 to everything at once. A program of its own, since a limit that shares a
 * process with the benchmark would share its load too.
 */
final class BareServer {

	/** Printing each order would cost more than answering it. */
	static final int ORDERS_PER_LINE = 10;

	/** Ends each of its lines. */
	static final String LINE = "more orders answered";

	private final AtomicLong orders = new AtomicLong();

	private BareServer() {
	}

	/**
	 * Serves until it is killed, on the port that {@code APP_PORT} names.
	 * @param args none
	 * @throws IOException if it cannot listen there
	 */
	public static void main(String[] args) throws IOException {
		// Else a small answer may wait 40 ms for the other side's acknowledgement.
		System.setProperty("sun.net.httpserver.nodelay", "true");
		var port = Integer.parseInt(System.getenv("APP_PORT"));
		var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
		var bare = new BareServer();
		server.createContext("/", bare::answer);
		server.start();
	}

	private void answer(HttpExchange exchange) throws IOException {
		try (exchange) {
			exchange.getRequestBody().readAllBytes();
			exchange.sendResponseHeaders(200, -1);
		}
		if (exchange.getRequestMethod().equals("POST") && this.orders.incrementAndGet() % ORDERS_PER_LINE == 0) {
			System.out.println(ORDERS_PER_LINE + " " + LINE);
		}
	}

}
