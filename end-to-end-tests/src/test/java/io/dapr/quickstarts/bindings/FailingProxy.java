package io.dapr.quickstarts.bindings;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * Stands between a sidecar and its app, and answers deliveries with 500 or holds them
 * back for a while.
 */
class FailingProxy implements AutoCloseable {

	/** Set by the HTTP client itself. */
	private static final Set<String> NOT_FORWARDED = Set.of("connection", "content-length", "host", "upgrade",
			"transfer-encoding");

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);

	private final HttpClient http = HttpClient.newHttpClient();

	private final AtomicInteger failures = new AtomicInteger();

	private volatile int appPort;

	private final Semaphore open = new Semaphore(1);

	private volatile boolean failing;

	FailingProxy() throws IOException {
		this.server.setExecutor(this.threads);
		this.server.createContext("/", this::answer);
		this.server.start();
	}

	int port() {
		return this.server.getAddress().getPort();
	}

	void forwardTo(int port) {
		this.appPort = port;
	}

	void fail(boolean fail) {
		this.failing = fail;
	}

	/** Holds deliveries back until {@link #release}. */
	void hold() {
		this.open.acquireUninterruptibly();
	}

	void release() {
		this.open.release();
	}

	/** Whether a delivery is held back. */
	boolean isHolding() {
		return this.open.hasQueuedThreads();
	}

	/** How many deliveries were answered with 500. */
	int failures() {
		return this.failures.get();
	}

	private void answer(HttpExchange exchange) throws IOException {
		try (exchange) {
			if (this.failing && exchange.getRequestMethod().equals("POST")) {
				exchange.sendResponseHeaders(500, -1);
				this.failures.incrementAndGet();
				return;
			}
			this.open.acquireUninterruptibly();
			this.open.release();
			exchange.sendResponseHeaders(forward(exchange), -1);
		}
	}

	private int forward(HttpExchange exchange) throws IOException {
		var body = exchange.getRequestBody().readAllBytes();
		var request = HttpRequest.newBuilder(URI.create("http://localhost:" + this.appPort + exchange.getRequestURI()))
			.timeout(Installation.LIMIT)
			.method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
		exchange.getRequestHeaders().forEach((name, values) -> {
			if (!NOT_FORWARDED.contains(name.toLowerCase())) {
				values.forEach((value) -> request.header(name, value));
			}
		});
		try {
			return this.http.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return 503;
		}
	}

	@Override
	public void close() {
		this.server.stop(0);
		this.threads.shutdownNow();
	}

}
