package io.dapr.quickstarts.bindings;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

import com.google.protobuf.ByteString;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.dapr.quickstarts.bindings.launcher.Apps;
import io.dapr.quickstarts.bindings.launcher.Project;
import io.dapr.quickstarts.bindings.launcher.dapr.ComponentFiles;
import io.dapr.quickstarts.bindings.launcher.dapr.Sidecar;
import io.dapr.quickstarts.bindings.launcher.kafka.KafkaBroker;
import io.dapr.quickstarts.bindings.launcher.kafka.Topics;
import io.dapr.quickstarts.bindings.launcher.process.FreePorts;
import io.dapr.quickstarts.bindings.launcher.process.ManagedProcess;
import io.dapr.quickstarts.bindings.launcher.trace.TraceAgent;
import io.dapr.quickstarts.bindings.launcher.trace.TraceJars;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * With config/tracing-otlp.yaml a sidecar sends its spans to a collector, and with
 * OpenTelemetry's agent the consumer does: the write to Kafka, the delivery out of it and
 * what the consumer does are parts of one trace.
 */
@OnKafka
class OtlpTraceIT {

	private static final ByteString TRACE_ID = bytes("4bf92f3577b34da6a3ce929d0e0e4736");

	private static final ByteString CALLER = bytes("00f067aa0ba902b7");

	private static final List<String> PATH = List.of("caller", "/v1.0/bindings/sample-topic", "bindings/sample-topic",
			"POST /sample-topic", "dapr.proto.runtime.v1.Dapr/ExecuteStateTransaction");

	private final String topic = "sample-" + UUID.randomUUID();

	private final List<Span> collected = new CopyOnWriteArrayList<>();

	private final Path folder = TestKafka.temporaryFolder("trace-");

	@Test
	void aTraceGoesThroughKafkaToTheConsumer(KafkaBroker kafka) throws Exception {
		var collector = collector();
		var port = collector.getAddress().getPort();
		var consumerPort = FreePorts.any();
		var sidecar = sidecar(kafka, consumerPort, port);
		var consumer = consumer(consumerPort, sidecar, port);
		try {
			consumer.start();
			sidecar.process().start();
			sidecar.awaitReady(Installation.LIMIT);
			write(sidecar);

			await().atMost(Installation.LIMIT)
				.untilAsserted(() -> assertThat(this.collected).extracting(this::path).contains(PATH));
		}
		finally {
			sidecar.process().stop(Installation.SIDECAR_STOP_LIMIT);
			consumer.stop(Apps.STOP_LIMIT);
			collector.stop(0);
		}
	}

	private HttpServer collector() throws IOException {
		var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		server.createContext("/v1/traces", this::collect);
		server.start();
		return server;
	}

	private void collect(HttpExchange exchange) throws IOException {
		ExportTraceServiceRequest.parseFrom(exchange.getRequestBody())
			.getResourceSpansList()
			.stream()
			.flatMap((ofOneApp) -> ofOneApp.getScopeSpansList().stream())
			.flatMap((ofOneLibrary) -> ofOneLibrary.getSpansList().stream())
			.filter((span) -> span.getTraceId().equals(TRACE_ID))
			.forEach(this.collected::add);
		exchange.sendResponseHeaders(200, -1);
		exchange.close();
	}

	/**
	 * The names on the way from the caller to a span; a record may be delivered more than
	 * once.
	 */
	private List<String> path(Span span) {
		var parent = this.collected.stream()
			.filter((candidate) -> candidate.getSpanId().equals(span.getParentSpanId()))
			.findFirst();
		var start = span.getParentSpanId().equals(CALLER) ? List.of("caller") : List.<String>of();
		return Stream.concat(parent.map(this::path).orElse(start).stream(), Stream.of(span.getName())).toList();
	}

	private ManagedProcess consumer(int port, Sidecar sidecar, int collectorPort) {
		var jars = new TraceJars(Project.current().home());
		jars.fetch(this.folder.resolve("trace-download.log"));
		var agent = new TraceAgent(jars.agent(), Map.of("OTEL_TRACES_EXPORTER", "otlp", "OTEL_EXPORTER_OTLP_ENDPOINT",
				"http://127.0.0.1:" + collectorPort, "OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"));
		return new Apps(Project.current(), this.folder, Optional.of(agent)).consumer(port, sidecar.environment(),
				(line) -> {
				});
	}

	private Sidecar sidecar(KafkaBroker kafka, int appPort, int collectorPort) throws IOException {
		try (var topics = new Topics(kafka)) {
			topics.createForOrders(this.topic, 1);
		}
		var components = this.folder.resolve("components");
		ComponentFiles.read(Project.current().components())
			.with("brokers", kafka.bootstrapServers())
			.with("sample-topic", "topics", this.topic)
			.with("sample-topic", "publishTopic", this.topic)
			.with("consumerGroup", this.topic)
			.withStateFile(this.folder.resolve("orders.db"))
			.copyTo(components);
		var committed = Files.readString(Project.current().home().resolve("config/tracing-otlp.yaml"));
		assertThat(committed).contains("localhost:4318");
		var tracing = Files.writeString(this.folder.resolve("tracing.yaml"),
				committed.replace("localhost:4318", "127.0.0.1:" + collectorPort));
		return new Sidecar(Preparation.find(), Apps.CONSUMER, OptionalInt.of(appPort), components, List.of(tracing),
				this.folder.resolve("sidecar.log"), (line) -> {
				});
	}

	private static void write(Sidecar sidecar) throws Exception {
		var request = HttpRequest
			.newBuilder(URI.create("http://127.0.0.1:" + sidecar.httpPort() + "/v1.0/bindings/sample-topic"))
			.header("Content-Type", "application/json")
			.header("traceparent", "00-%s-%s-01".formatted(hexadecimal(TRACE_ID), hexadecimal(CALLER)))
			.timeout(Installation.LIMIT)
			.POST(HttpRequest.BodyPublishers.ofString("{\"operation\":\"create\",\"data\":{\"orderId\":1}}"))
			.build();
		assertThat(HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
			.isBetween(200, 299);
	}

	private static ByteString bytes(String hexadecimal) {
		return ByteString.copyFrom(HexFormat.of().parseHex(hexadecimal));
	}

	private static String hexadecimal(ByteString bytes) {
		return HexFormat.of().formatHex(bytes.toByteArray());
	}

}
