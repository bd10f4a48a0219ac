package io.dapr.quickstarts.bindings.consumer;

import io.dapr.client.DaprClient;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.BDDMockito.given;

/** The metrics as Prometheus reads them. */
@SpringBootTest
@AutoConfigureMockMvc
class MetricsTest {

	@Autowired
	private MockMvcTester mvc;

	@MockitoBean
	private DaprClient dapr;

	@Test
	void tellWhatBecameOfTheOrders() {
		given(this.dapr.getMetadata()).willReturn(Sidecars.withStateStores());
		given(this.dapr.invokeBinding(any(), any(), any(), any(), eq(Void.class))).willReturn(Mono.empty());
		deliver("{\"orderId\":1}", "first");
		deliver("{\"orderId\":2}", "second");
		deliver("{\"orderId\":2}", "second");
		deliver("[]", "third");
		assertThat(this.mvc.get().uri("/actuator/prometheus")).hasStatusOk()
			.bodyText()
			.contains("orders_received_seconds_count 2", "orders_received_seconds_sum ", "orders_received_seconds_max ",
					"orders_repeated_total 1.0", "orders_rejected_total{reason=\"not a JSON object\"} 1.0",
					"orders_rejected_total{reason=\"not JSON\"} 0.0", "orders_age_seconds_max 6");
	}

	@Test
	void areBesideHealthAllThatIsExposed() {
		assertThat(this.mvc.get().uri("/actuator/health")).hasStatusOk();
		for (var other : new String[] { "metrics", "env", "beans", "loggers", "heapdump" }) {
			assertThat(this.mvc.get().uri("/actuator/" + other)).hasStatus(404);
		}
	}

	private void deliver(String data, String messageId) {
		assertThat(this.mvc.post()
			.uri("/sample-topic")
			.header("message-id", messageId)
			.header("__timestamp", System.currentTimeMillis() - 60_000)
			.content(data)).hasStatusOk();
	}

}
