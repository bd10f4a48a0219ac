package io.dapr.quickstarts.bindings.consumer;

import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MDC;

import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;

class TraceIdFilterTest {

	private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

	@Test
	void aRecordedTracesIdIsLoggedDuringItsRequestOnly() throws Exception {
		assertThat(seenWith("00-" + TRACE + "-b7ad6b7169203331-01")).isEqualTo(TRACE);
		assertThat(MDC.get(TraceIdFilter.TRACE_ID)).isNull();
	}

	@ParameterizedTest
	@NullSource
	@ValueSource(strings = { "", "00-" + TRACE + "-b7ad6b7169203331-00", "00-" + TRACE, "a\nb",
			"00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01" })
	void anythingElseIsNot(String traceparent) throws Exception {
		assertThat(seenWith(traceparent)).isNull();
	}

	private static String seenWith(String traceparent) throws Exception {
		var request = new MockHttpServletRequest("POST", "/sample-topic");
		if (traceparent != null) {
			request.addHeader("traceparent", traceparent);
		}
		var seen = new AtomicReference<String>();
		new TraceIdFilter().doFilter(request, new MockHttpServletResponse(),
				(same, response) -> seen.set(MDC.get(TraceIdFilter.TRACE_ID)));
		return seen.get();
	}

}
