package io.dapr.quickstarts.bindings.consumer;

import java.net.URI;
import java.nio.charset.StandardCharsets;

import io.dapr.springboot.DaprController;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;

/** Who may call the consumer, with and without an app API token. */
class AppTokenFilterTest {

	private static final byte[] ORDER = "{\"orderId\": 7}".getBytes(StandardCharsets.UTF_8);

	@Nested
	@WebMvcTest(OrderController.class)
	@Import({ OrderReader.class, OrderHandler.class, Ledger.class, DaprController.class })
	@TestPropertySource(properties = "APP_API_TOKEN=s3cret-u")
	class WithToken {

		@Autowired
		MockMvcTester mvc;

		@MockitoBean
		Inbox inbox;

		@MockitoBean
		StateStore store;

		@MockitoBean
		DeadLetters deadLetters;

		@MockitoBean
		OrderMetrics metrics;

		@BeforeEach
		void handleAll() {
			given(this.inbox.once(any(), any())).willReturn(true);
		}

		@Test
		void letsTheSidecarIn() {
			assertThat(this.mvc.post().uri("/sample-topic").header("dapr-api-token", "s3cret-u").content(ORDER))
				.hasStatusOk();
			verify(this.inbox).once(any(), any());
		}

		@Test
		void refusesARequestWithoutToken() {
			assertThat(this.mvc.post().uri("/sample-topic").content(ORDER)).hasStatus(401);
			verify(this.inbox, never()).once(any(), any());
		}

		@ParameterizedTest
		@ValueSource(strings = { "", "s3cret", "s3cret-u ", "s3cret-uu", "S3CRET-U", "null" })
		void refusesAWrongToken(String token) {
			assertThat(this.mvc.post().uri("/sample-topic").header("dapr-api-token", token).content(ORDER))
				.hasStatus(401);
			verify(this.inbox, never()).once(any(), any());
		}

		@ParameterizedTest
		@ValueSource(strings = { "/", "/dapr/config", "/dapr/subscribe", "/error", "/actuator", "/actuator/env",
				"/actuator/healthy", "/healthz/more", "/no-such-path" })
		void refusesAllOtherPathsToo(String path) {
			assertThat(this.mvc.get().uri(path)).hasStatus(401);
		}

		@ParameterizedTest
		@ValueSource(strings = { "/actuator/health/../../sample-topic", "/healthz/../sample-topic",
				"/sample-topic/../healthz", "//sample-topic", "/sample-topic;/healthz", "/sample-topic;x=/healthz",
				"/actuator/health/..;/../sample-topic", "/actuator/health/%2e%2e/%2e%2e/sample-topic" })
		void noSpellingOfAPathReachesTheOrders(String path) {
			this.mvc.post().uri(URI.create(path)).content(ORDER).exchange();
			verify(this.inbox, never()).once(any(), any());
		}

		@Test
		void healthNeedsNoToken() {
			assertThat(this.mvc.get().uri("/healthz")).hasStatusOk();
		}

		@ParameterizedTest
		@ValueSource(strings = { "/actuator/health", "/actuator/health/liveness", "/actuator/health/readiness",
				"/actuator/prometheus" })
		void actuatorsHealthIsNotRefused(String path) {
			// The slice has no actuator: not found, but let through.
			assertThat(this.mvc.get().uri(path)).hasStatus(404);
		}

	}

	@Nested
	@WebMvcTest(OrderController.class)
	@Import({ OrderReader.class, OrderHandler.class, Ledger.class })
	@TestPropertySource(properties = "APP_API_TOKEN=")
	class WithoutToken {

		@Autowired
		MockMvcTester mvc;

		@MockitoBean
		Inbox inbox;

		@MockitoBean
		StateStore store;

		@MockitoBean
		DeadLetters deadLetters;

		@MockitoBean
		OrderMetrics metrics;

		@BeforeEach
		void handleAll() {
			given(this.inbox.once(any(), any())).willReturn(true);
		}

		@Test
		void letsEveryoneIn() {
			assertThat(this.mvc.post().uri("/sample-topic").content(ORDER)).hasStatusOk();
			verify(this.inbox).once(any(), any());
		}

		@Test
		void aTokenThatNobodyAskedForDoesNoHarm() {
			assertThat(this.mvc.post().uri("/sample-topic").header("dapr-api-token", "any").content(ORDER))
				.hasStatusOk();
		}

	}

}
