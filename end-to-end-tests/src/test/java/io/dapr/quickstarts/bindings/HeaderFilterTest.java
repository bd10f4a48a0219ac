package io.dapr.quickstarts.bindings;

import java.util.regex.Pattern;

import io.dapr.quickstarts.bindings.launcher.Project;
import io.dapr.quickstarts.bindings.launcher.dapr.ComponentFiles;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Which Kafka headers the consumer's sidecar makes HTTP headers of. */
class HeaderFilterTest {

	/** The sidecar drops each header whose name it finds this in. */
	private static final Pattern EXCLUDED = Pattern.compile(ComponentFiles.read(Project.current().components())
		.value("sample-topic", "excludeHeaderMetaRegex")
		.orElseThrow());

	@ParameterizedTest
	@ValueSource(strings = { "message-id", "traceparent", "tracestate" })
	void pass(String name) {
		assertThat(EXCLUDED.matcher(name).find()).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "a", "key", "bad name", "größe", "訂單", "a:b", "line\nbreak", "message-id\n",
			"message-i", "message-idx", "traceparents", "tracestat", "tracesaaaa", "Message-Id", "message_id",
			"TraceParent", "__key", "__topic", "__offset", "Host", "host", "Connection", "connection", "keep-alive",
			"Content-Length", "content-length", "content-type", "content-encoding", "Transfer-Encoding",
			"transfer-encoding", "Expect", "expect", "Upgrade", "upgrade", "te", "trailer", "trailers", "cookie",
			"set-cookie", "accept", "accept-encoding", "origin", "authorization", "user-agent", "grpc-timeout",
			"dapr-app-id", "dapr-api-token", "baggage", "x-request-id" })
	void areDropped(String name) {
		assertThat(EXCLUDED.matcher(name).find()).isTrue();
	}

}
