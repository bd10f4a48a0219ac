package io.dapr.quickstarts.bindings;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.Test;

/** A valid order arrives whatever headers and key another program gave it. */
@OnKafka
class HeadersIT {

	private static final byte[] NO_TEXT = { (byte) 0xff, 0, (byte) 0xc3, 0x28, '\r', '\n' };

	private static final byte[] LARGE = "x".repeat(100 * 1024).getBytes(StandardCharsets.UTF_8);

	@Test
	void oddHeaders(Installation installation) {
		try (var writer = new TopicWriter(installation.kafka, installation.topic)) {
			var orderId = 0;
			for (var headers : headers()) {
				var record = writer.order(++orderId);
				headers.forEach(record.headers()::add);
				writer.write(record);
			}
			writer.write(writer.order(++orderId));

			installation.awaitAllOnceInOrder(orderId);
		}
	}

	private static List<List<Header>> headers() {
		var headers = new ArrayList<List<Header>>();
		for (var name : List.of("bad name", "größe", "訂單", "", "a:b", "line\nbreak", "Host", "Content-Length",
				"Content-Type", "Content-Encoding", "Transfer-Encoding", "Connection", "connection", "Expect",
				"Upgrade", "TE", "Trailer", "Accept", "Cookie", "user-agent", "keep-alive", "set-cookie", "Origin",
				"dapr-api-token", "dapr-app-id", "grpc-timeout", "__topic", "__offset", "x".repeat(10_000))) {
			headers.add(List.of(header(name, "100".getBytes(StandardCharsets.UTF_8))));
		}
		for (var name : List.of("message-id", "traceparent", "tracestate", "any")) {
			headers.add(List.of(header(name, NO_TEXT)));
			headers.add(List.of(header(name, LARGE)));
			headers.add(List.of(header(name, new byte[0])));
			headers.add(List.of(header(name, null)));
		}
		var many = new ArrayList<Header>();
		for (int i = 0; i < 150; i++) {
			many.add(header("header-" + i, new byte[] { 'x' }));
			many.add(header("traceparent", new byte[] { 'x' }));
		}
		headers.add(many);
		return headers;
	}

	private static Header header(String name, byte[] value) {
		return new RecordHeader(name, value);
	}

	@Test
	void oddKeys(Installation installation) {
		try (var writer = new TopicWriter(installation.kafka, installation.topic)) {
			var orderId = 0;
			// Kafka takes 1 MiB in all; URL-encoded the key is three times as large.
			for (var key : List.of(new byte[0], NO_TEXT, "größe".getBytes(StandardCharsets.UTF_8), LARGE,
					new byte[1_000_000])) {
				writer.write(writer.record(key, writer.order(++orderId).value()));
			}
			writer.write(writer.order(++orderId));

			installation.awaitAllOnceInOrder(orderId);
		}
	}

}
