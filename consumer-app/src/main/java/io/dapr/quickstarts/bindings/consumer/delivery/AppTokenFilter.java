package io.dapr.quickstarts.bindings.consumer.delivery;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.stream.Stream;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ServletRequestPathUtils;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Lets only the sidecar in: it shows the app API token, which both get as the environment
 * variable {@code APP_API_TOKEN}. Where that is not set, as in a local run, everyone may
 * call. Health and metrics are never secret, since those who ask for them have no token.
 *
 * @see <a href= "https://docs.dapr.io/operations/security/app-api-token/">App API
 * token</a>
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class AppTokenFilter extends OncePerRequestFilter {

	/** The header in which the sidecar shows the token. */
	private static final String HEADER = "dapr-api-token";

	// By Spring MVC's own path parser, so that no encoding makes an endpoint look open.
	private static final List<PathPattern> OPEN = Stream.of("/healthz", "/actuator/health/**", "/actuator/prometheus")
		.map(PathPatternParser.defaultInstance::parse)
		.toList();

	private static final Logger log = LoggerFactory.getLogger(AppTokenFilter.class);

	private final byte[] token;

	AppTokenFilter(@Value("${APP_API_TOKEN:}") String token) {
		this.token = token.getBytes(StandardCharsets.UTF_8);
	}

	@Override
	protected boolean shouldNotFilter(HttpServletRequest request) {
		if (this.token.length == 0) {
			return true;
		}
		var path = ServletRequestPathUtils.parse(request).pathWithinApplication();
		return OPEN.stream().anyMatch((open) -> open.matches(path));
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		if (isRight(request.getHeader(HEADER))) {
			chain.doFilter(request, response);
		}
		else {
			log.warn("Refused a request without the right {}; the sidecar needs the same APP_API_TOKEN as this app",
					HEADER);
			response.setStatus(HttpStatus.UNAUTHORIZED.value());
		}
	}

	/**
	 * In constant time, so that the time of an answer does not tell how much of a guess
	 * is right.
	 */
	private boolean isRight(String shown) {
		// As ISO 8859-1, which is how a header's bytes were made a string.
		return shown != null && MessageDigest.isEqual(this.token, shown.getBytes(StandardCharsets.ISO_8859_1));
	}

}
