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
			.filter((port) -> isFree(null, port) && isFree(InetAddress.getLoopbackAddress(), port))
			.findFirst()
			.orElseThrow(() -> new IllegalStateException("No TCP port is free"));
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
