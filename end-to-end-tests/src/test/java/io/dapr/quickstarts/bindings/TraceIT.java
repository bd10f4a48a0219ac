package io.dapr.quickstarts.bindings;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./quickstart --trace} with a real Zipkin. */
class TraceIT {

	private final HttpClient http = HttpClient.newHttpClient();

	private final JsonMapper json = new JsonMapper();

	@TempDir
	private Path folder;

	@Test
	void aTraceSpansBothSidecars() {
		try (var launcher = new Launcher(this.folder.resolve("launcher.log"), "--trace", "--no-page", "--interval-ms",
				"500")
			.start()) {
			// The first time Zipkin is downloaded.
			var zipkin = launcher.address("traces", Duration.ofMinutes(5));
			Awaitility.await()
				.atMost(Duration.ofSeconds(90))
				.pollInterval(Duration.ofMillis(500))
				.ignoreExceptions()
				.until(() -> isTracedThroughBoth(zipkin));
		}
	}

	private boolean isTracedThroughBoth(String zipkin) throws Exception {
		var request = HttpRequest.newBuilder(URI.create(zipkin + "/api/v2/traces?limit=50"))
			.timeout(Duration.ofSeconds(5))
			.build();
		var traces = this.json.readTree(this.http.send(request, HttpResponse.BodyHandlers.ofString()).body());
		return traces.valueStream()
			.anyMatch((trace) -> services(trace).containsAll(Set.of("producer-app", "consumer-app")));
	}

	private static Set<String> services(JsonNode trace) {
		return trace.valueStream()
			.map((span) -> span.path("localEndpoint").path("serviceName").asText(null))
			.filter(Objects::nonNull)
			.collect(Collectors.toSet());
	}

}
