package io.dapr.quickstarts.bindings.benchmark;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/** Asks a local TCP port whether somebody listens. */
final class Port {

	private static final int ANSWER_LIMIT_MS = 1000;

	private Port() {
	}

	static boolean isOpen(int port) {
		try (var socket = new Socket()) {
			socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), ANSWER_LIMIT_MS);
			return true;
		}
		catch (IOException ex) {
			return false;
		}
	}

}
