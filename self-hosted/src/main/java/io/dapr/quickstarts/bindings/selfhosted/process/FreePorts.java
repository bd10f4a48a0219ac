package io.dapr.quickstarts.bindings.selfhosted.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Finds TCP ports that nothing listens at. */
public final class FreePorts {

	private static final int FIRST = 20_000;

	private static final int LAST = 32_000;

	private static final int TRIES = 1000;

	private FreePorts() {
	}

	/**
	 * Finds a free port. It is none of those that the system gives to outgoing
	 * connections: these could take it while the program that listens there is down, even
	 * a client that tries to reach that very program.
	 * @return a port that was free a moment ago, {@value #FIRST} to {@value #LAST}
	 */
	public static int any() {
		return ThreadLocalRandom.current()
			.ints(TRIES, FIRST, LAST + 1)
			.filter(FreePorts::isFree)
			.findFirst()
			.orElseThrow(() -> new IllegalStateException("No TCP port is free"));
	}

	/**
	 * Whether a port is free.
	 * @param port the port, 1 to 65535
	 * @return true if nothing listens there, at any address or at the loopback one alone
	 */
	static boolean isFree(int port) {
		return isFree(null, port) && isFree(InetAddress.getLoopbackAddress(), port);
	}

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
