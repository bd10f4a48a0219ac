package io.dapr.quickstarts.bindings.launcher.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.BindException;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Finds TCP ports that nothing listens at, and gives each to one caller alone: between
 * the finding and the listening, and while what listens there is restarted, nobody else
 * gets it, in this process or another run of the quickstart. It is given back when this
 * process ends.
 */
public final class FreePorts {

	private static final int FIRST = 20_000;

	private static final int LAST = 32_000;

	private static final int TRIES = 1000;

	/**
	 * A run marks each port that it uses by a UDP socket of the same number, which other
	 * users' runs see too, and which the system closes with the process.
	 */
	private static final Queue<DatagramChannel> TAKEN = new ConcurrentLinkedQueue<>();

	private FreePorts() {
	}

	/**
	 * Finds a free port. It is none of those that the system gives to outgoing
	 * connections: these could take it while the program that listens there is down, even
	 * a client that tries to reach that very program.
	 * @return a port, {@value #FIRST} to {@value #LAST}
	 */
	public static int any() {
		return ThreadLocalRandom.current()
			.ints(TRIES, FIRST, LAST + 1)
			.filter(FreePorts::take)
			.findFirst()
			.orElseThrow(() -> new IllegalStateException("No TCP port is free"));
	}

	/**
	 * Finds a free port, a well-known one if it can be had.
	 * @param wanted the well-known port, 1 to 65535
	 * @return that port if nothing listens there and no other run has it, else any free
	 * one
	 */
	public static int preferably(int wanted) {
		return take(wanted) ? wanted : any();
	}

	private static boolean take(int port) {
		return isFree(null, port) && isFree(InetAddress.getLoopbackAddress(), port) && mark(port);
	}

	private static boolean mark(int port) {
		try {
			var marker = DatagramChannel.open(StandardProtocolFamily.INET);
			try {
				TAKEN.add(marker.bind(new InetSocketAddress("127.0.0.1", port)));
				return true;
			}
			catch (BindException ex) {
				marker.close();
				return false;
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException("No port can be marked as taken: " + ex.getMessage(), ex);
		}
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
