package io.dapr.quickstarts.bindings.launcher.dashboard;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * Tells the dashboard's own requests from those that another site's page makes the
 * browser send.
 */
final class RequestGuard {

	private final String token = randomText();

	private final int port;

	RequestGuard(int port) {
		this.port = port;
	}

	/** Text that nobody can guess, of hexadecimal digits. */
	static String randomText() {
		var bytes = new byte[16];
		new SecureRandom().nextBytes(bytes);
		return HexFormat.of().formatHex(bytes);
	}

	/** What the page has to send with each action; another site can't read it. */
	String token() {
		return this.token;
	}

	/**
	 * Checks for whom a request was meant. Another site's name can be made to lead here,
	 * but then the Host header tells that name.
	 * @param host the Host header, null if there is none
	 */
	boolean allowsHost(String host) {
		return ("127.0.0.1:" + this.port).equals(host) || ("localhost:" + this.port).equals(host);
	}

	/**
	 * Checks whether a request comes from the page.
	 * @param given the token that it carries, null if none
	 */
	boolean allowsToken(String given) {
		return given != null && MessageDigest.isEqual(this.token.getBytes(StandardCharsets.UTF_8),
				given.getBytes(StandardCharsets.UTF_8));
	}

}
