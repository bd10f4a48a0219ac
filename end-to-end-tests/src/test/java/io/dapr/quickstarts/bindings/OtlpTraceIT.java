package io.dapr.quickstarts.bindings;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.dapr.quickstarts.bindings.launcher.Project;
import io.dapr.quickstarts.bindings.launcher.dapr.ComponentFiles;
import io.dapr.quickstarts.bindings.launcher.dapr.Sidecar;
import io.dapr.quickstarts.bindings.launcher.kafka.KafkaBroker;
import io.dapr.quickstarts.bindings.launcher.kafka.Topics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * With config/tracing-otlp.yaml a sidecar sends its spans to a collector: the write to
 * Kafka and the delivery out of it are parts of one trace.
 */
@OnKafka
class OtlpTraceIT {

	private static final String TRACE_ID = "4bf92f3577b34da6a3ce929d0e0e4736";

	private final String topic = "sample-" + UUID.randomUUID();

	/** The requests as they came; Latin-1 keeps each byte. */
	private final List<String> collected = new CopyOnWriteArrayList<>();

	private final List<String> delivered = new CopyOnWriteArrayList<>();

	@TempDir
	private Path folder;

	@Test
	void aTraceGoesThroughKafka(KafkaBroker kafka) throws Exception {
		var server = server();
		var sidecar = sidecar(kafka, server.getAddress().getPort());
		try {
			sidecar.process().start();
			sidecar.awaitReady(Installation.LIMIT);
			write(sidecar);

			await("the order is delivered").atMost(Installation.LIMIT).until(() -> !this.delivered.isEmpty());
			assertThat(this.delivered.get(0)).startsWith("00-" + TRACE_ID + "-");
			var id = new String(HexFormat.of().parseHex(TRACE_ID), StandardCharsets.ISO_8859_1);
			await("both spans are collected").atMost(Installation.LIMIT)
				.until(() -> String.join("", this.collected).split(id, -1).length > 2);
			assertThat(String.join("", this.collected)).contains("consumer-app", "bindings/sample-topic");
		}
		finally {
			sidecar.process().stop(Installation.SIDECAR_STOP_LIMIT);
			server.stop(0);
		}
	}

	/** In place of the collector and of the app. */
	private HttpServer server() throws IOException {
		var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		server.createContext("/v1/traces", (exchange) -> {
			this.collected.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1));
			answer(exchange);
		});
		server.createContext("/sample-topic", (exchange) -> {
			if (exchange.getRequestMethod().equals("POST")) {
				this.delivered.add(String.valueOf(exchange.getRequestHeaders().getFirst("traceparent")));
			}
			answer(exchange);
		});
		server.start();
		return server;
	}

	private static void answer(HttpExchange exchange) throws IOException {
		exchange.sendResponseHeaders(200, -1);
		exchange.close();
	}

	private Sidecar sidecar(KafkaBroker kafka, int port) throws IOException {
		try (var topics = new Topics(kafka)) {
			topics.createForOrders(this.topic, 1);
		}
		var components = this.folder.resolve("components");
		ComponentFiles.read(Project.current().components())
			.with("brokers", kafka.bootstrapServers())
			.with("sample-topic", "topics", this.topic)
			.with("sample-topic", "publishTopic", this.topic)
			.with("consumerGroup", this.topic)
			.copyTo(components);
		var committed = Files.readString(Project.current().home().resolve("config/tracing-otlp.yaml"));
		assertThat(committed).contains("localhost:4318");
		var tracing = Files.writeString(this.folder.resolve("tracing.yaml"),
				committed.replace("localhost:4318", "127.0.0.1:" + port));
		return new Sidecar(DaprdFirst.find(), "consumer-app", OptionalInt.of(port), components, List.of(tracing),
				this.folder.resolve("sidecar.log"), (line) -> {
				});
	}

	private static void write(Sidecar sidecar) throws Exception {
		var request = HttpRequest
			.newBuilder(URI.create("http://127.0.0.1:" + sidecar.httpPort() + "/v1.0/bindings/sample-topic"))
			.header("Content-Type", "application/json")
			.header("traceparent", "00-" + TRACE_ID + "-00f067aa0ba902b7-01")
			.POST(HttpRequest.BodyPublishers.ofString("{\"operation\":\"create\",\"data\":{\"orderId\":1}}"))
			.build();
		assertThat(HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
			.isBetween(200, 299);
	}

}
