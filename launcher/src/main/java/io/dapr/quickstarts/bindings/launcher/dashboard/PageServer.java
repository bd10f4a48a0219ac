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

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;

/**
 * Serves the page at 127.0.0.1: the page itself, its stream of events, and its buttons.
 */
final class PageServer implements AutoCloseable {

	/** The header that carries the token. */
	static final String TOKEN_HEADER = "X-Page-Token";

	private static final String ADDRESS = "127.0.0.1";

	/** More pages than these are turned away; each holds a thread. */
	private static final int MOST_LISTENERS = 20;

	/** A page that hears nothing for 3 s takes the launcher for gone. */
	private static final long ALIVE_MS = 1000;

	private final HttpServer server;

	private final ExecutorService threads = Executors.newCachedThreadPool((task) -> {
		var thread = new Thread(task, "page request");
		thread.setDaemon(true);
		return thread;
	});

	private final Gate gate;

	private final String html;

	private final Broadcast news;

	private final Function<String, Optional<String>> press;

	private volatile boolean closed;

	/**
	 * Starts to serve.
	 * @param port the port
	 * @param news what the page is told
	 * @param press presses the button of a name; gives why it can't be pressed, or throws
	 * an {@link IllegalArgumentException} if there is none
	 * @throws BindException if something else listens there
	 */
	PageServer(int port, Broadcast news, Function<String, Optional<String>> press) throws IOException {
		this.server = HttpServer.create(new InetSocketAddress(ADDRESS, port), 0);
		this.gate = new Gate(port());
		this.html = html();
		this.news = news;
		this.press = press;
		this.server.setExecutor(this.threads);
		this.server.createContext("/", guarded(this::page));
		this.server.createContext("/events", guarded(this::events));
		this.server.createContext("/actions/", guarded(this::action));
		this.server.start();
	}

	/** Reads the page. */
	private static String html() {
		try (var file = PageServer.class.getResourceAsStream("/dashboard/index.html")) {
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

	private HttpHandler guarded(HttpHandler handler) {
		return (exchange) -> {
			try (exchange) {
				var headers = exchange.getResponseHeaders();
				headers.set("Cache-Control", "no-store");
				headers.set("X-Content-Type-Options", "nosniff");
				headers.set("X-Frame-Options", "DENY");
				headers.set("Referrer-Policy", "no-referrer");
				if (this.gate.isOurHost(exchange.getRequestHeaders().getFirst("Host"))) {
					handler.handle(exchange);
				}
				else {
					answer(exchange, 403, "This page is at " + address() + " only.");
				}
			}
		};
	}

	private void page(HttpExchange exchange) throws IOException {
		if (!exchange.getRequestURI().getPath().equals("/")) {
			answer(exchange, 404, "There is nothing here.");
		}
		else if (isMethod(exchange, "GET")) {
			// Only what is in the file itself runs.
			var nonce = Gate.random();
			exchange.getResponseHeaders()
				.set("Content-Security-Policy",
						"default-src 'none'; script-src 'nonce-%1$s'; style-src 'nonce-%1$s'; connect-src 'self'; "
							.formatted(nonce)
								+ "img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
			answer(exchange, 200, "text/html",
					this.html.replace("{{token}}", this.gate.token()).replace("{{nonce}}", nonce));
		}
	}

	private void events(HttpExchange exchange) throws IOException {
		if (!isMethod(exchange, "GET")) {
			return;
		}
		if (!this.news.enter(MOST_LISTENERS)) {
			answer(exchange, 503, "Too many pages are open; close some.");
			return;
		}
		try {
			exchange.getResponseHeaders().set("Content-Type", "text/event-stream; charset=utf-8");
			exchange.sendResponseHeaders(200, 0);
			stream(exchange);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		finally {
			this.news.leave();
		}
	}

	private void stream(HttpExchange exchange) throws IOException, InterruptedException {
		var out = exchange.getResponseBody();
		out.write("retry: 1000\n\n".getBytes(StandardCharsets.UTF_8));
		// While nobody listened nothing was published: the newest is old.
		var last = this.news.newest();
		while (!this.closed) {
			var issue = this.news.after(last, ALIVE_MS);
			// Nothing new: a comment, which shows that we are there.
			var event = (issue.number() > last) ? "data: " + issue.text() + "\n\n" : ":\n\n";
			last = issue.number();
			out.write(event.getBytes(StandardCharsets.UTF_8));
			out.flush();
		}
	}

	private void action(HttpExchange exchange) throws IOException {
		if (!isMethod(exchange, "POST")) {
			return;
		}
		if (!this.gate.isOurToken(exchange.getRequestHeaders().getFirst(TOKEN_HEADER))) {
			answer(exchange, 403, "Only the page itself may press its buttons; reload it.");
			return;
		}
		var button = exchange.getRequestURI().getPath().substring("/actions/".length());
		try {
			var refusal = this.press.apply(button);
			answer(exchange, refusal.isEmpty() ? 200 : 409, refusal.orElse(""));
		}
		catch (IllegalArgumentException ex) {
			answer(exchange, 404, ex.getMessage());
		}
		catch (RuntimeException ex) {
			answer(exchange, 500, "It did not work: " + ex.getMessage());
		}
	}

	private static boolean isMethod(HttpExchange exchange, String wanted) throws IOException {
		if (exchange.getRequestMethod().equals(wanted)) {
			return true;
		}
		exchange.getResponseHeaders().set("Allow", wanted);
		answer(exchange, 405, "Use " + wanted + ".");
		return false;
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
		this.closed = true;
		this.server.stop(0);
		this.threads.shutdownNow();
	}

}
