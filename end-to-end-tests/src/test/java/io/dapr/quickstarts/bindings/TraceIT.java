package io.dapr.quickstarts.bindings;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** {@code ./quickstart --trace} with a real Zipkin. */
class TraceIT {

	private final HttpClient http = HttpClient.newHttpClient();

	private final JsonMapper json = new JsonMapper();

	private final Path folder = TestKafka.temporaryFolder("trace-");

	@Test
	void aTraceSpansBothSidecarsAndTheConsumer() {
		try (var launcher = new Launcher(this.folder.resolve("launcher.log"), "--trace", "--no-page", "--interval-ms",
				"500")
			.start()) {
			// The first time Zipkin and the agent are downloaded.
			var zipkin = launcher.address("traces", Duration.ofMinutes(5));
			Awaitility.await()
				.atMost(Duration.ofSeconds(90))
				.pollInterval(Duration.ofMillis(500))
				.ignoreExceptions()
				.until(() -> isTracedThroughAll(zipkin));
		}
	}

	private boolean isTracedThroughAll(String zipkin) throws Exception {
		var request = HttpRequest.newBuilder(URI.create(zipkin + "/api/v2/traces?limit=50"))
			.timeout(Duration.ofSeconds(5))
			.build();
		var traces = this.json.readTree(this.http.send(request, HttpResponse.BodyHandlers.ofString()).body());
		return traces.valueStream()
			.anyMatch((trace) -> isOf("producer-app", trace)
					&& consumersOwn(trace).anyMatch((span) -> isChild(span, trace)));
	}

	private static boolean isOf(String app, JsonNode trace) {
		return trace.valueStream().anyMatch((span) -> service(span).equals(app));
	}

	private static Stream<JsonNode> consumersOwn(JsonNode trace) {
		return trace.valueStream().filter((span) -> span.path("name").asText().equals("post /sample-topic"));
	}

	/** Whether the parent of the consumer's own span is its sidecar's. */
	private static boolean isChild(JsonNode own, JsonNode trace) {
		return trace.valueStream()
			.anyMatch((span) -> span.path("id").equals(own.path("parentId"))
					&& span.path("name").asText().equals("bindings/sample-topic")
					&& service(span).equals(service(own)));
	}

	private static String service(JsonNode span) {
		return span.path("localEndpoint").path("serviceName").asText();
	}

}
