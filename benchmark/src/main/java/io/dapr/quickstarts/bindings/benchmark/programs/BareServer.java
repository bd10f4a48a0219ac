package io.dapr.quickstarts.bindings.benchmark.programs;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicLong;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/** The limit of the consumer: the JDK's HTTP server, which answers 200 to everything. */
public final class BareServer {

	/** Printing each order by itself would cost more than answering it. */
	private static final int ORDERS_PER_WRITE = 10;

	private static final String LINES = "{ orderId: 0 }\n".repeat(ORDERS_PER_WRITE);

	private final AtomicLong orders = new AtomicLong();

	private BareServer() {
	}

	/**
	 * Serves at the port {@code APP_PORT} until it is killed.
	 * @param args none
	 * @throws IOException if it cannot listen there
	 */
	public static void main(String[] args) throws IOException {
		// Otherwise a small response may wait 40 ms for the other side's acknowledgement.
		System.setProperty("sun.net.httpserver.nodelay", "true");
		var port = Integer.parseInt(System.getenv("APP_PORT"));
		var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
		server.createContext("/", new BareServer()::answer);
		server.start();
	}

	private void answer(HttpExchange exchange) throws IOException {
		try (exchange) {
			exchange.getRequestBody().readAllBytes();
			exchange.sendResponseHeaders(200, -1);
		}
		if (exchange.getRequestMethod().equals("POST") && this.orders.incrementAndGet() % ORDERS_PER_WRITE == 0) {
			System.out.print(LINES);
		}
	}

}
