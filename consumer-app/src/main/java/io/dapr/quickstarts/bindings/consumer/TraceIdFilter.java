package io.dapr.quickstarts.bindings.consumer;

import java.io.IOException;
import java.util.regex.Pattern;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.slf4j.MDC;

import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Puts the id of the trace that a delivery belongs to before what is logged meanwhile.
 * The sidecar sends it, and says whether the trace is recorded at all.
 *
 * @see <a href="https://www.w3.org/TR/trace-context/#traceparent-header">W3C trace
 * context</a>
 */
@Component
class TraceIdFilter extends OncePerRequestFilter {

	/** The name that the log pattern uses. */
	static final String TRACE_ID = "traceId";

	/** Version, trace id, caller's id, flags; the last bit says that it is recorded. */
	private static final Pattern RECORDED = Pattern
		.compile("[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f][13579bdf](-.*)?");

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		var parent = request.getHeader("traceparent");
		var trace = RECORDED.matcher((parent != null) ? parent : "");
		if (!trace.matches()) {
			chain.doFilter(request, response);
			return;
		}
		MDC.put(TRACE_ID, trace.group(1));
		try {
			chain.doFilter(request, response);
		}
		finally {
			MDC.remove(TRACE_ID);
		}
	}

}
