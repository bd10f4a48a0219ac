package io.dapr.quickstarts.bindings.benchmark;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Counts orders in the file that a program prints to, while it prints. Reading a file now
 * and then disturbs the measured program less than taking each line from it.
 */
final class OutputCounter {

	private final Path file;

	private final String sign;

	private final int ordersPerLine;

	private final ByteArrayOutputStream unfinished = new ByteArrayOutputStream();

	private long position;

	private long orders;

	/**
	 * Prepares the count.
	 * @param file where the program prints to; it exists already
	 * @param sign what a line that tells of orders holds
	 * @param ordersPerLine for how many orders such a line stands
	 */
	OutputCounter(Path file, String sign, int ordersPerLine) {
		this.file = file;
		this.sign = sign;
		this.ordersPerLine = ordersPerLine;
	}

	/**
	 * Reads what was printed since the last call and says how many orders it is by now.
	 */
	long count() {
		try (var channel = FileChannel.open(this.file, StandardOpenOption.READ)) {
			channel.position(this.position);
			var buffer = ByteBuffer.allocate(65_536);
			while (channel.read(buffer.clear()) > 0) {
				this.position += buffer.position();
				take(buffer.array(), buffer.position());
			}
			return this.orders;
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Cannot read " + this.file, ex);
		}
	}

	private void take(byte[] bytes, int length) {
		var begin = 0;
		for (var index = 0; index < length; index++) {
			if (bytes[index] == '\n') {
				this.unfinished.write(bytes, begin, index - begin);
				begin = index + 1;
				if (this.unfinished.toString(StandardCharsets.UTF_8).contains(this.sign)) {
					this.orders += this.ordersPerLine;
				}
				this.unfinished.reset();
			}
		}
		this.unfinished.write(bytes, begin, length - begin);
	}

}
