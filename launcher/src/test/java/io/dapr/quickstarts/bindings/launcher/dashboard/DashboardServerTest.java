package io.dapr.quickstarts.bindings.launcher.dashboard;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

import io.dapr.quickstarts.bindings.launcher.monitor.Monitor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class DashboardServerTest {

	private static final Pattern TOKEN = Pattern.compile("name=\"token\" content=\"([0-9a-f]{32})\"");

	private final HttpClient http = HttpClient.newHttpClient();

	private final List<String> pressed = new CopyOnWriteArrayList<>();

	private DashboardServer server;

	@BeforeEach
	void serve() throws IOException {
		this.server = new DashboardServer(0);
		this.server.start(() -> "{\"lag\":7}", this::act);
	}

	@AfterEach
	void close() {
		this.server.close();
	}

	private Optional<String> act(String action) {
		return switch (action) {
			case "burst" -> {
				this.pressed.add(action);
				yield Optional.empty();
			}
			case "kill-kafka" -> Optional.of("It is down already.");
			default -> throw new IllegalArgumentException("There is no action " + action);
		};
	}

	@Test
	void servesThePageWithATokenAndLetsNothingElseIn() throws Exception {
		var page = send(request("/").build());
		assertThat(page.statusCode()).isEqualTo(200);
		assertThat(page.body()).containsPattern(TOKEN).doesNotContain("{{");
		assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow()).contains("default-src 'none'",
				"frame-ancestors 'none'");
		assertThat(send(request("/secret").build()).statusCode()).isEqualTo(404);
	}

	@Test
	void aButtonIsPressedWithTheToken() throws Exception {
		assertThat(send(button("burst", token())).statusCode()).isEqualTo(200);
		assertThat(this.pressed).containsExactly("burst");
	}

	@Test
	void aButtonThatCannotBePressedSaysWhy() throws Exception {
		var answer = send(button("kill-kafka", token()));
		assertThat(answer.statusCode()).isEqualTo(409);
		assertThat(answer.body()).isEqualTo("It is down already.");
		assertThat(send(button("kill-all", token())).statusCode()).isEqualTo(404);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "00000000000000000000000000000000" })
	void withAnotherTokenNothingIsPressed(String token) throws Exception {
		assertThat(send(button("burst", token)).statusCode()).isEqualTo(403);
		assertThat(this.pressed).isEmpty();
	}

	@Test
	void withoutATokenNothingIsPressed() throws Exception {
		var request = request("/actions/burst").POST(HttpRequest.BodyPublishers.noBody()).build();
		assertThat(send(request).statusCode()).isEqualTo(403);
		assertThat(this.pressed).isEmpty();
	}

	@Test
	void aLinkPressesNothing() throws Exception {
		var request = request("/actions/burst").header(DashboardServer.TOKEN_HEADER, token()).GET().build();
		assertThat(send(request).statusCode()).isEqualTo(405);
		assertThat(this.pressed).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "evil.example", "evil.example:PORT", "127.0.0.1", "127.0.0.1:1", "127.0.0.1:PORT.evil" })
	void anotherSitesNameIsRefusedEverywhere(String host) throws Exception {
		var token = token();
		for (var line : List.of("GET / HTTP/1.1", "GET /state HTTP/1.1", "POST /actions/burst HTTP/1.1")) {
			assertThat(status(line, host, token)).as(line).isEqualTo("HTTP/1.1 403 Forbidden");
		}
		assertThat(this.pressed).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "127.0.0.1:PORT", "localhost:PORT" })
	void ownNamesAreServed(String host) throws Exception {
		assertThat(status("POST /actions/burst HTTP/1.1", host, token())).isEqualTo("HTTP/1.1 200 OK");
	}

	@Test
	void tellsTheState() throws Exception {
		var answer = send(request("/state").build());
		assertThat(answer.body()).isEqualTo("{\"lag\":7}");
		assertThat(answer.headers().firstValue("Content-Type"))
			.hasValueSatisfying((type) -> assertThat(type).startsWith("application/json"));
	}

	@Test
	void aPortThatIsTakenIsRefusedAndPassedOverIfNoneIsAskedFor() {
		var taken = this.server.port();
		var monitor = new Monitor("sample", "group1", Duration.ofSeconds(1), (line) -> {
		});
		assertThatIllegalStateException().isThrownBy(() -> Dashboard.open(OptionalInt.of(taken), monitor))
			.withMessage("something listens at port %d already", taken);
		try (monitor;
				var first = Dashboard.open(OptionalInt.empty(), monitor);
				var second = Dashboard.open(OptionalInt.empty(), monitor)) {
			assertThat(first.address()).startsWith("http://127.0.0.1:").isNotEqualTo(second.address());
		}
	}

	private String token() throws Exception {
		var token = TOKEN.matcher(send(request("/").build()).body());
		assertThat(token.find()).isTrue();
		return token.group(1);
	}

	private HttpRequest button(String name, String token) {
		return request("/actions/" + name).header(DashboardServer.TOKEN_HEADER, token)
			.POST(HttpRequest.BodyPublishers.noBody())
			.build();
	}

	private HttpRequest.Builder request(String path) {
		return HttpRequest.newBuilder(URI.create(this.server.address() + path)).timeout(Duration.ofSeconds(10));
	}

	private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
		return this.http.send(request, HttpResponse.BodyHandlers.ofString());
	}

	/** By hand, since Java's own client does not let the Host header be changed. */
	private String status(String line, String host, String token) throws IOException {
		try (var socket = new Socket(InetAddress.getLoopbackAddress(), this.server.port())) {
			socket.setSoTimeout(10_000);
			var request = line + "\r\nHost: " + host.replace("PORT", Integer.toString(this.server.port())) + "\r\n"
					+ DashboardServer.TOKEN_HEADER + ": " + token
					+ "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
			socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
			return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).lines()
				.findFirst()
				.orElseThrow();
		}
	}

}
