package io.dapr.quickstarts.bindings.selfhosted.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;

/** Finds TCP ports that nothing listens at. */
public final class FreePorts {

	private FreePorts() {
	}

	/**
	 * Finds a free port.
	 * @return a port that was free a moment ago, 1024 to 65535
	 */
	public static int any() {
		try (var socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("No TCP port is free", ex);
		}
	}

}
