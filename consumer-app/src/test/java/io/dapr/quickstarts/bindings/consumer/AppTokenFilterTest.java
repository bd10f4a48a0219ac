package io.dapr.quickstarts.bindings.consumer;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

import io.dapr.client.DaprClient;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.bean.override.mockito.MockitoBean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;

/**
 * Who may call the consumer if it has an app API token. On the real server, which
 * normalises paths, and by raw requests, which no client normalises before.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT, properties = "APP_API_TOKEN=s3cret-ü")
class AppTokenFilterTest {

	@LocalServerPort
	private int port;

	@MockitoBean
	private OrderHandler handler;

	@MockitoBean
	private DaprClient dapr;

	@BeforeEach
	void sidecar() {
		given(this.dapr.getMetadata()).willReturn(Sidecars.withStateStores());
	}

	@Test
	void letsTheSidecarIn() throws IOException {
		assertThat(post("/sample-topic", "dapr-api-token: s3cret-ü")).isEqualTo(200);
		verify(this.handler).handle(eq(new Order(7)), any(), any());
	}

	@Test
	void refusesARequestWithoutToken() throws IOException {
		assertThat(post("/sample-topic")).isEqualTo(401);
		verify(this.handler, never()).handle(any(), any(), any());
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "s3cret", "s3cret-u", "s3cret-üü", "S3CRET-Ü", "null" })
	void refusesAWrongToken(String token) throws IOException {
		assertThat(post("/sample-topic", "dapr-api-token: " + token)).isEqualTo(401);
		verify(this.handler, never()).handle(any(), any(), any());
	}

	@ParameterizedTest
	@ValueSource(strings = { "/", "/dapr/config", "/dapr/subscribe", "/error", "/actuator", "/actuator/env",
			"/actuator/healthy", "/healthz/more", "/no-such-path" })
	void refusesAllOtherPathsToo(String path) throws IOException {
		assertThat(request("GET", path, "")).isEqualTo(401);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/healthz/../sample-topic", "/healthz/%2e%2e/sample-topic", "/healthz/%2E./sample-topic",
			"/healthz/..;/sample-topic", "/healthz/..;jsessionid=1/sample-topic", "/healthz;/../sample-topic",
			"/healthz%2f..%2fsample-topic", "/healthz\\..\\sample-topic", "/healthz/..%5csample-topic",
			"/healthz//../sample-topic", "/actuator/health/../../sample-topic",
			"/actuator/health/%2e%2e/%2e%2e/sample-topic", "/actuator/health/..;/..;/sample-topic",
			"/actuator/health/x/../../../sample-topic", "/sample-topic/../healthz", "/sample-topic/..;/healthz",
			"/sample-topic;healthz", "/sample-topic;/healthz", "/sample-topic;x=/../healthz",
			"/sample-topic;jsessionid=1", "/sample-topic?/healthz", "/sample-topic%3f/../healthz",
			"/sample-topic#/healthz", "//sample-topic", "/./sample-topic", "/sample%2dtopic", "/sample-topic/",
			"/SAMPLE-TOPIC", "/%2e/sample-topic", "/healthz%00/../sample-topic", "http://127.0.0.1/sample-topic",
			"http://127.0.0.1/healthz/../sample-topic" })
	void noSpellingOfAPathReachesTheOrders(String path) throws IOException {
		post(path);
		verify(this.handler, never()).handle(any(), any(), any());
	}

	/** Otherwise the test above would prove nothing. */
	@ParameterizedTest
	@ValueSource(strings = { "/sample-topic;jsessionid=1", "/sample-topic;healthz", "/sample%2dtopic",
			"http://127.0.0.1/sample-topic" })
	void theServerKnowsSomeOfTheseSpellings(String path) throws IOException {
		assertThat(post(path, "dapr-api-token: s3cret-ü")).isEqualTo(200);
		verify(this.handler).handle(eq(new Order(7)), any(), any());
	}

	@ParameterizedTest
	@ValueSource(strings = { "/healthz", "/actuator/health", "/actuator/health/liveness", "/actuator/health/readiness",
			"/actuator/prometheus" })
	void healthAndMetricsNeedNoToken(String path) throws IOException {
		assertThat(request("GET", path, "")).isEqualTo(200);
	}

	private int post(String path, String... headers) throws IOException {
		return request("POST", path, "{\"orderId\": 7}", headers);
	}

	private int request(String method, String path, String body, String... headers) throws IOException {
		try (var socket = new Socket("127.0.0.1", this.port)) {
			socket.setSoTimeout(10_000);
			var head = "%s %s HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Length: %d\r\n"
				.formatted(method, path, body.length());
			var headerLines = (headers.length > 0) ? String.join("\r\n", headers) + "\r\n" : "";
			socket.getOutputStream().write((head + headerLines + "\r\n" + body).getBytes(StandardCharsets.UTF_8));
			var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			assertThat(answer).startsWith("HTTP/1.1 ");
			return Integer.parseInt(answer.substring(9, 12));
		}
	}

}
