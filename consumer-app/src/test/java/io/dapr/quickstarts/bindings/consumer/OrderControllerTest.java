package io.dapr.quickstarts.bindings.consumer;

import java.nio.charset.StandardCharsets;
import java.util.Map;

import io.dapr.client.DaprClient;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpHeaders;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;

@WebMvcTest(OrderController.class)
@Import({ OrderReader.class, OrderHandler.class, Ledger.class, Inbox.class, MemoryStateStore.class, DeadLetters.class,
		OrderMetrics.class, SimpleMeterRegistry.class })
@ExtendWith(OutputCaptureExtension.class)
class OrderControllerTest {

	@Autowired
	private MockMvcTester mvc;

	@MockitoBean
	private DaprClient dapr;

	@Test
	void takesAnOrder(CapturedOutput output) {
		assertThat(delivery("{\"orderId\":7}")).hasStatusOk().body().isEmpty();
		assertThat(output.getOut().lines()).anyMatch((line) -> line.endsWith(" Hello from Kafka!"))
			.anyMatch((line) -> line.endsWith(" { orderId: 7 }"));
		verifyNoInteractions(this.dapr);
	}

	@Test
	void takesAnyContentType() {
		for (var type : new String[] { "text/plain", "application/x-www-form-urlencoded", "garbage", "" }) {
			assertThat(delivery("{\"orderId\":7}").header(HttpHeaders.CONTENT_TYPE, type)).hasStatusOk();
		}
		verifyNoInteractions(this.dapr);
	}

	@Test
	void answersTheSidecarsProbe() {
		assertThat(this.mvc.options().uri("/sample-topic")).hasStatusOk();
	}

	@Test
	void skipsARepeat(CapturedOutput output) {
		assertThat(delivery("{\"orderId\":8}").header("message-id", "repeated")).hasStatusOk();
		assertThat(delivery("{\"orderId\":8}").header("message-id", "repeated")).hasStatusOk();
		assertThat(output.getOut().lines()).filteredOn((line) -> line.endsWith("{ orderId: 8 }")).hasSize(1);
		assertThat(output).contains("Order 8 was delivered again; skipped");
	}

	@Test
	void keepsWhatIsNoOrder(CapturedOutput output) {
		given(this.dapr.invokeBinding(any(), any(), any(), any(), eq(Void.class))).willReturn(Mono.empty());
		assertThat(unreadable()).hasStatusOk().body().isEmpty();
		verify(this.dapr).invokeBinding("sample-dead-letter", "create", "no JSON".getBytes(StandardCharsets.UTF_8),
				Map.of("dead-letter-reason", "not JSON", "dead-letter-topic", "sample", "dead-letter-partition", "0",
						"dead-letter-offset", "12"),
				Void.class);
		assertThat(output).contains(
				"Rejected the record at offset 12 of partition 0 of sample: not JSON; kept in sample-dead-letter");
	}

	@Test
	void asksForWhatItCannotKeepAgain(CapturedOutput output) {
		given(this.dapr.invokeBinding(any(), any(), any(), any(), eq(Void.class)))
			.willReturn(Mono.error(new IllegalStateException("no broker")));
		assertThat(unreadable()).hasStatus(503);
		assertThat(output).contains("Could not write to sample-dead-letter; the record will come again: no broker");
	}

	private MockMvcTester.MockMvcRequestBuilder unreadable() {
		return delivery("no JSON").header("__topic", "sample").header("__partition", 0).header("__offset", 12);
	}

	private MockMvcTester.MockMvcRequestBuilder delivery(String body) {
		return this.mvc.post().uri("/sample-topic").content(body);
	}

}
