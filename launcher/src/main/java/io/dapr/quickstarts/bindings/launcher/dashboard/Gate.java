package io.dapr.quickstarts.bindings.launcher.dashboard;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * Tells the page's own requests from those that another site's page makes the browser
 * send.
 */
final class Gate {

	private final String token = random();

	private final int port;

	Gate(int port) {
		this.port = port;
	}

	/** Text that nobody can guess, of hexadecimal digits. */
	static String random() {
		var bytes = new byte[16];
		new SecureRandom().nextBytes(bytes);
		return HexFormat.of().formatHex(bytes);
	}

	/** What the page has to send with each press of a button. */
	String token() {
		return this.token;
	}

	/**
	 * Whether a request was meant for this server. Another site's name can be made to
	 * lead here, but then the Host header tells that name.
	 * @param host the Host header, null if there is none
	 */
	boolean isOurHost(String host) {
		return ("127.0.0.1:" + this.port).equals(host) || ("localhost:" + this.port).equals(host);
	}

	/**
	 * Whether a request comes from our page; another site can't read the token.
	 * @param given what the request carries, null if nothing
	 */
	boolean isOurToken(String given) {
		return given != null && MessageDigest.isEqual(this.token.getBytes(StandardCharsets.UTF_8),
				given.getBytes(StandardCharsets.UTF_8));
	}

}
