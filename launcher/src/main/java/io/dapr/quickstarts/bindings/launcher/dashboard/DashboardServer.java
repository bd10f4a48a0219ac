package io.dapr.quickstarts.bindings.launcher.dashboard;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.Supplier;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.dapr.quickstarts.bindings.launcher.process.Background;

/** Serves the page at 127.0.0.1, the state that it asks for, and its buttons. */
final class DashboardServer implements AutoCloseable {

	/** The header that carries the token. */
	static final String TOKEN_HEADER = "X-Page-Token";

	private static final String ADDRESS = "127.0.0.1";

	private final HttpServer server;

	private final ExecutorService threads = Executors
		.newCachedThreadPool((task) -> Background.thread("page request", task));

	private final RequestGuard guard;

	private final String html;

	/**
	 * Takes a port.
	 * @param port the port
	 * @throws BindException if something else listens there
	 */
	DashboardServer(int port) throws IOException {
		this.server = HttpServer.create(new InetSocketAddress(ADDRESS, port), 0);
		this.guard = new RequestGuard(port());
		this.html = html();
	}

	/**
	 * Starts to serve.
	 * @param state gives what the page shows, in JSON
	 * @param act takes the action of a name; gives why it can't be taken, or throws an
	 * {@link IllegalArgumentException} if there is none
	 */
	void start(Supplier<String> state, Function<String, Optional<String>> act) {
		this.server.setExecutor(this.threads);
		this.server.createContext("/", guarded("GET", this::page));
		this.server.createContext("/state",
				guarded("GET", (exchange) -> answer(exchange, 200, "application/json", state.get())));
		this.server.createContext("/actions/", guarded("POST", (exchange) -> action(exchange, act)));
		this.server.start();
	}

	/** Reads the page. */
	private static String html() {
		try (var file = DashboardServer.class.getResourceAsStream("/dashboard/index.html")) {
			return new String(Objects.requireNonNull(file, "dashboard/index.html").readAllBytes(),
					StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	int port() {
		return this.server.getAddress().getPort();
	}

	String address() {
		return "http://" + ADDRESS + ":" + port();
	}

	private HttpHandler guarded(String method, HttpHandler handler) {
		return (exchange) -> {
			try (exchange) {
				var headers = exchange.getResponseHeaders();
				headers.set("Cache-Control", "no-store");
				headers.set("X-Content-Type-Options", "nosniff");
				headers.set("X-Frame-Options", "DENY");
				headers.set("Referrer-Policy", "no-referrer");
				if (!this.guard.allowsHost(exchange.getRequestHeaders().getFirst("Host"))) {
					answer(exchange, 403, "This page is at " + address() + " only.");
				}
				else if (!exchange.getRequestMethod().equals(method)) {
					headers.set("Allow", method);
					answer(exchange, 405, "Use " + method + ".");
				}
				else {
					handler.handle(exchange);
				}
			}
		};
	}

	private void page(HttpExchange exchange) throws IOException {
		if (!exchange.getRequestURI().getPath().equals("/")) {
			answer(exchange, 404, "There is nothing here.");
			return;
		}
		// Only what is in the file itself runs.
		var nonce = RequestGuard.randomText();
		exchange.getResponseHeaders()
			.set("Content-Security-Policy",
					"default-src 'none'; script-src 'nonce-%1$s'; style-src 'nonce-%1$s'; connect-src 'self'; "
						.formatted(nonce)
							+ "img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
		answer(exchange, 200, "text/html",
				this.html.replace("{{token}}", this.guard.token()).replace("{{nonce}}", nonce));
	}

	private void action(HttpExchange exchange, Function<String, Optional<String>> act) throws IOException {
		if (!this.guard.allowsToken(exchange.getRequestHeaders().getFirst(TOKEN_HEADER))) {
			answer(exchange, 403, "Only the page itself may press its buttons; reload it.");
			return;
		}
		try {
			var refusal = act.apply(exchange.getRequestURI().getPath().substring("/actions/".length()));
			answer(exchange, refusal.isEmpty() ? 200 : 409, refusal.orElse(""));
		}
		catch (IllegalArgumentException ex) {
			answer(exchange, 404, ex.getMessage());
		}
		catch (RuntimeException ex) {
			answer(exchange, 500, "It did not work: " + ex.getMessage());
		}
	}

	private static void answer(HttpExchange exchange, int status, String text) throws IOException {
		answer(exchange, status, "text/plain", text);
	}

	private static void answer(HttpExchange exchange, int status, String type, String text) throws IOException {
		var bytes = text.getBytes(StandardCharsets.UTF_8);
		exchange.getResponseHeaders().set("Content-Type", type + "; charset=utf-8");
		// To this server 0 means a length that is not known, and -1 none at all.
		exchange.sendResponseHeaders(status, (bytes.length > 0) ? bytes.length : -1);
		exchange.getResponseBody().write(bytes);
	}

	@Override
	public void close() {
		this.server.stop(0);
		this.threads.shutdownNow();
	}

}
