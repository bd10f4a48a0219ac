package io.dapr.quickstarts.bindings;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;

import io.dapr.quickstarts.bindings.launcher.process.Background;

/** A proxy that asks for a name and a password, and then reaches nobody. */
class PasswordProxy implements AutoCloseable {

	private static final String REFUSAL = """
			HTTP/1.1 407 Proxy Authentication Required\r
			Proxy-Authenticate: Basic realm="proxy"\r
			Content-Length: 0\r
			\r
			""";

	private static final String FAILURE = """
			HTTP/1.1 502 Bad Gateway\r
			Content-Length: 0\r
			Connection: close\r
			\r
			""";

	private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

	private final List<String> credentials = new CopyOnWriteArrayList<>();

	PasswordProxy() throws IOException {
		Background.thread("proxy", this::serve).start();
	}

	int port() {
		return this.server.getLocalPort();
	}

	/** What was shown, as in the header Proxy-Authorization. */
	List<String> credentials() {
		return List.copyOf(this.credentials);
	}

	private void serve() {
		while (!this.server.isClosed()) {
			try (var connection = this.server.accept()) {
				answer(connection);
			}
			catch (IOException ex) {
				// The client has gone, or the test is over.
			}
		}
	}

	private void answer(Socket connection) throws IOException {
		connection.setSoTimeout(10_000);
		var input = new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.ISO_8859_1));
		var shown = false;
		while (!shown) {
			for (var line = input.readLine(); line == null || !line.isEmpty(); line = input.readLine()) {
				if (line == null) {
					return;
				}
				if (line.toLowerCase(Locale.ROOT).startsWith("proxy-authorization: ")) {
					this.credentials.add(line.substring("proxy-authorization: ".length()));
					shown = true;
				}
			}
			connection.getOutputStream().write((shown ? FAILURE : REFUSAL).getBytes(StandardCharsets.ISO_8859_1));
		}
	}

	@Override
	public void close() throws IOException {
		this.server.close();
	}

}
