package io.dapr.quickstarts.bindings.selfhosted.process;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A well-known TCP port where it is free, else any free one. Of several runs that start
 * at once only one gets the well-known port: it locks a file for as long as it runs.
 */
public final class ReservedPort implements Closeable {

	private final int number;

	private final FileChannel lock;

	private ReservedPort(int number, FileChannel lock) {
		this.number = number;
		this.lock = lock;
	}

	/**
	 * Reserves a port.
	 * @param wanted the port to take if nothing listens there and no other run has it
	 * @return that port or another free one, until it is closed
	 */
	public static ReservedPort preferably(int wanted) {
		try {
			var file = FileChannel.open(
					Path.of(System.getProperty("java.io.tmpdir"), "dapr-kafka-bindings-quickstart-" + wanted + ".lock"),
					StandardOpenOption.CREATE, StandardOpenOption.WRITE);
			if (tryLock(file) && isFree(null, wanted) && isFree(InetAddress.getLoopbackAddress(), wanted)) {
				return new ReservedPort(wanted, file);
			}
			return new ReservedPort(FreePorts.any(), file);
		}
		catch (IOException ex) {
			// Another user's file: then so is the port.
			return new ReservedPort(FreePorts.any(), null);
		}
	}

	private static boolean tryLock(FileChannel file) throws IOException {
		try {
			return file.tryLock() != null;
		}
		catch (OverlappingFileLockException ex) {
			return false;
		}
	}

	/** Asked for twice: a listener at the loopback address does not hinder one at all. */
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

	/**
	 * The port.
	 * @return its number, 1024 to 65535
	 */
	public int number() {
		return this.number;
	}

	@Override
	public void close() {
		try {
			if (this.lock != null) {
				this.lock.close();
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
