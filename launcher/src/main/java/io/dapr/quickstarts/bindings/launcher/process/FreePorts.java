package io.dapr.quickstarts.bindings.launcher.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.StandardOpenOption;
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

	/** A run locks the byte at the offset of each port that it uses. */
	private static final FileChannel TAKEN = open();

	private FreePorts() {
	}

	private static FileChannel open() {
		var file = UserFolders.shared().resolve("ports.lock");
		try {
			return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Cannot open " + file + ": " + ex.getMessage(), ex);
		}
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
		try {
			return isFree(null, port) && isFree(InetAddress.getLoopbackAddress(), port)
					&& TAKEN.tryLock(port, 1, false) != null;
		}
		catch (OverlappingFileLockException ex) {
			return false;
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Cannot lock a port: " + ex.getMessage(), ex);
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
