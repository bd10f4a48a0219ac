package io.dapr.quickstarts.bindings.consumer;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.dapr.client.DaprClient;
import io.dapr.exceptions.DaprException;
import io.dapr.quickstarts.bindings.consumer.delivery.DeadLetters;
import io.dapr.quickstarts.bindings.consumer.delivery.FailureLog;
import io.dapr.quickstarts.bindings.consumer.inbox.Inbox;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MDC;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpHeaders;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.context.bean.override.mockito.MockitoSpyBean;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.willAnswer;
import static org.mockito.BDDMockito.willThrow;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;

@WebMvcTest(controllers = OrderController.class, properties = "APP_API_TOKEN=")
@Import({ OrderReader.class, Inbox.class, OrderHandler.class, DeadLetters.class, FailureLog.class,
		SimpleMeterRegistry.class })
@ExtendWith(OutputCaptureExtension.class)
class OrderControllerTest {

	@Autowired
	private MockMvcTester mvc;

	@MockitoSpyBean
	private OrderHandler handler;

	@MockitoBean
	private DaprClient dapr;

	@BeforeEach
	void sidecar() {
		given(this.dapr.getMetadata()).willReturn(Sidecars.withStateStores());
	}

	@Test
	void takesAnOrder(CapturedOutput output) {
		assertThat(delivery("{\"orderId\":7}").header("message-id", "3f2a9c1b7d40-7")).hasStatusOk().body().isEmpty();
		assertThat(output.getOut().lines()).filteredOn((line) -> line.contains(" [3f2a9c1b7d40-7] "))
			.hasSize(2)
			.anyMatch((line) -> line.endsWith(" Hello from Kafka!"))
			.anyMatch((line) -> line.endsWith(" { orderId: 7 }"));
		assertThat(MDC.get("messageId")).isNull();
		verify(this.dapr, never()).invokeBinding(any(), any(), any(), any(), eq(Void.class));
	}

	@ParameterizedTest
	@ValueSource(strings = { "application/json", "text/plain", "application/octet-stream" })
	void takesAnyContentType(String type) {
		assertThat(delivery("{\"orderId\":7}").header(HttpHeaders.CONTENT_TYPE, type)).hasStatusOk();
		verify(this.handler).handle(eq(new Order(7)), any(), any());
	}

	@Test
	void answersTheSidecarsProbe() {
		assertThat(this.mvc.options().uri("/sample-topic")).hasStatusOk();
	}

	@Test
	void skipsARepeat(CapturedOutput output) {
		assertThat(delivery("{\"orderId\":8}").header("message-id", "repeated")).hasStatusOk();
		assertThat(delivery("{\"orderId\":8}").header("message-id", "repeated")).hasStatusOk();
		verify(this.handler).handle(eq(new Order(8)), any(), any());
		assertThat(output).contains("Order 8 was delivered again; skipped");
	}

	@Test
	void asksForAnOrderWhoseHandlingFailedAgain(CapturedOutput output) {
		willThrow(new IllegalStateException("no database")).willCallRealMethod()
			.given(this.handler)
			.handle(eq(new Order(9)), any(), any());
		assertThat(record("{\"orderId\":9}", 12)).hasStatus(500);
		assertThat(output).contains("Could not handle the record at offset 12 of partition 0 of sample",
				"IllegalStateException: no database", "\tat ");
		assertThat(record("{\"orderId\":9}", 12)).hasStatusOk();
	}

	@Test
	void anErrorInTheHandlerIsAnsweredToo(CapturedOutput output) {
		willAnswer((call) -> endlessly(0)).given(this.handler).handle(eq(new Order(10)), any(), any());
		assertThat(record("{\"orderId\":10}", 13)).hasStatus(500);
		assertThat(output).contains("StackOverflowError");
	}

	@Test
	void keepsWhatIsNotAnOrder(CapturedOutput output) {
		given(this.dapr.invokeBinding(any(), any(), any(), any(), eq(Void.class))).willReturn(Mono.empty());
		assertThat(record("no JSON", 12)).hasStatusOk().body().isEmpty();
		verify(this.dapr).invokeBinding("sample-dead-letter", "create", "no JSON".getBytes(StandardCharsets.UTF_8),
				Map.of("dead-letter-reason", "not JSON", "dead-letter-topic", "sample", "dead-letter-partition", "0",
						"dead-letter-offset", "12"),
				Void.class);
		assertThat(output.getOut().strip()).endsWith(
				"Rejected the record at offset 12 of partition 0 of sample: not JSON; kept in sample-dead-letter");
	}

	@Test
	void keepsTheBeginningOfWhatIsTooLarge(CapturedOutput output) {
		var kept = new ArrayList<byte[]>();
		var headers = new HashMap<String, String>();
		// As a topic with Kafka's default limit of 1 MiB.
		given(this.dapr.invokeBinding(any(), any(), any(), any(), eq(Void.class))).willAnswer((call) -> {
			kept.add(call.getArgument(2));
			headers.putAll(call.getArgument(3));
			return (call.<byte[]>getArgument(2).length <= 1_048_000) ? Mono.empty()
					: Mono.error(new DaprException("INTERNAL",
							"kafka server: Message was too large, server rejected it", new byte[0], 500));
		});
		var garbage = "x".repeat(9_000_000);
		assertThat(record(garbage, 14)).hasStatusOk();
		assertThat(kept).extracting((data) -> data.length).isEqualTo(List.of(2_093_056, 1_046_528));
		assertThat(new String(kept.get(1), StandardCharsets.UTF_8)).isEqualTo(garbage.substring(0, 1_046_528));
		assertThat(headers).containsEntry("dead-letter-shortened", "true")
			.containsEntry("dead-letter-size", "9000000")
			.containsEntry("dead-letter-sha256", DigestUtils.sha256Hex(garbage))
			.containsEntry("dead-letter-offset", "14");
		assertThat(output).contains("kept in sample-dead-letter, the first 1046528 of 9000000 bytes");
	}

	@Test
	void asksForWhatItCannotKeepAgain(CapturedOutput output) {
		given(this.dapr.invokeBinding(any(), any(), any(), any(), eq(Void.class)))
			.willReturn(Mono.error(new IllegalStateException("no broker")));
		assertThat(record("no JSON", 15)).hasStatus(503);
		assertThat(output).contains("Could not write to sample-dead-letter: no broker");
	}

	private MockMvcTester.MockMvcRequestBuilder record(String body, int offset) {
		return delivery(body).header("__topic", "sample").header("__partition", 0).header("__offset", offset);
	}

	private MockMvcTester.MockMvcRequestBuilder delivery(String body) {
		return this.mvc.post().uri("/sample-topic").content(body);
	}

	private static long endlessly(long count) {
		return endlessly(count + 1) + 1;
	}

}
