package io.dapr.quickstarts.bindings.selfhosted.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
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

	/**
	 * Finds a free port, a certain one if possible.
	 * @param wanted the port to take if it is free
	 * @return that port, or another one if something listens there
	 */
	public static int preferably(int wanted) {
		return isFree(null, wanted) && isFree(InetAddress.getLoopbackAddress(), wanted) ? wanted : any();
	}

	/**
	 * An address is asked for by itself: a listener on another one may not be in the way.
	 */
	private static boolean isFree(InetAddress address, int port) {
		try (var socket = new ServerSocket()) {
			socket.setReuseAddress(true);
			socket.bind(new InetSocketAddress(address, port));
			return true;
		}
		catch (IOException ex) {
			return false;
		}
	}

}
