package io.dapr.quickstarts.bindings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * A file system of 1 MiB in memory. Only root may mount one, or who may use sudo without
 * a password; else the test is skipped.
 */
final class SmallDisk implements AutoCloseable {

	private static final int CHUNK = 4096;

	private final Path folder = TestKafka.temporaryFolder("disk-");

	private final Path filler = this.folder.resolve("filler");

	SmallDisk() {
		assumeTrue(asRoot("mount", "-t", "tmpfs", "-o", "size=1m,mode=1777", "tmpfs", this.folder.toString()),
				"a small file system can't be mounted here");
	}

	Path folder() {
		return this.folder;
	}

	/** Takes all the room that is left. */
	void fill() {
		try (var file = Files.newOutputStream(this.filler)) {
			while (true) {
				file.write(new byte[CHUNK]);
			}
		}
		catch (IOException ex) {
			// No space is left.
		}
	}

	/** Gives the room back. */
	void makeRoom() {
		try {
			Files.delete(this.filler);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		asRoot("umount", this.folder.toString());
	}

	private static boolean asRoot(String... command) {
		return Commands.succeeds(command)
				|| Commands.succeeds(Stream.concat(Stream.of("sudo", "-n"), Stream.of(command)).toArray(String[]::new));
	}

}
