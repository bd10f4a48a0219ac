package io.dapr.quickstarts.bindings.benchmark;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Predicate;

/**
 * Counts lines in a file while a program prints to it. Reading a file now and then
 * disturbs the program less than taking each line from it.
 */
final class OutputCounter {

	private final Path file;

	private final Predicate<String> counts;

	private final ByteArrayOutputStream unfinished = new ByteArrayOutputStream();

	private long position;

	private long lines;

	/**
	 * Starts at the beginning of a file.
	 * @param file where the program prints to; it exists already
	 * @param counts whether a line counts
	 */
	OutputCounter(Path file, Predicate<String> counts) {
		this.file = file;
		this.counts = counts;
	}

	/** Reads what was added since the last call and returns the count so far. */
	long count() {
		try (var channel = FileChannel.open(this.file, StandardOpenOption.READ)) {
			channel.position(this.position);
			var buffer = ByteBuffer.allocate(65_536);
			while (channel.read(buffer.clear()) > 0) {
				this.position += buffer.position();
				take(buffer.array(), buffer.position());
			}
			return this.lines;
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
				if (this.counts.test(this.unfinished.toString(StandardCharsets.UTF_8))) {
					this.lines++;
				}
				this.unfinished.reset();
			}
		}
		this.unfinished.write(bytes, begin, length - begin);
	}

}
