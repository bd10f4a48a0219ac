package io.dapr.quickstarts.bindings.benchmark;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;

import io.dapr.quickstarts.bindings.launcher.process.UserFolders;
import io.dapr.quickstarts.bindings.launcher.process.Wait;
import org.apache.commons.io.file.PathUtils;

/** The temporary folder for all that a run writes; Kafka's data may be more than 1 GB. */
final class WorkFolder {

	private static final Pattern NAME = Pattern.compile("quickstart-benchmark-(\\d+)-.*");

	private static final int MAX_LOG_BYTES = 100_000;

	private static final Duration DELETE_LIMIT = Duration.ofSeconds(10);

	private final Path path;

	private WorkFolder(Path path) {
		this.path = path;
	}

	/**
	 * Creates a folder, and deletes those of runs that were killed.
	 * @param parent the system's folder for temporary files
	 * @return the new folder
	 */
	static WorkFolder create(Path parent) {
		var created = UserFolders.forOneRun(parent, "quickstart-benchmark-" + ProcessHandle.current().pid() + "-");
		try (var folders = Files.newDirectoryStream(parent, WorkFolder::isAbandoned)) {
			folders.forEach((folder) -> new WorkFolder(folder).delete());
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Cannot tidy up " + parent, ex);
		}
		return new WorkFolder(created);
	}

	private static boolean isAbandoned(Path folder) throws IOException {
		var name = NAME.matcher(folder.getFileName().toString());
		return name.matches() && Files.getOwner(folder).getName().equals(System.getProperty("user.name"))
				&& ProcessHandle.of(Long.parseLong(name.group(1))).isEmpty();
	}

	Path path() {
		return this.path;
	}

	/** Deletes the folder; whatever still writes to it may delay that a little. */
	void delete() {
		Wait.until(this.path + " is deleted", DELETE_LIMIT, () -> {
			if (Files.exists(this.path)) {
				PathUtils.deleteDirectory(this.path);
			}
			return true;
		});
	}

	/** Deletes all but the logs, and of long logs all but the end. */
	void keepLogs() {
		try (var files = Files.newDirectoryStream(this.path)) {
			for (var file : files) {
				if (!file.toString().endsWith(".log")) {
					PathUtils.delete(file);
				}
				else if (Files.size(file) > MAX_LOG_BYTES) {
					keepEnd(file);
				}
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Cannot tidy up " + this.path, ex);
		}
	}

	private static void keepEnd(Path file) throws IOException {
		try (var log = new RandomAccessFile(file.toFile(), "rw")) {
			var end = new byte[MAX_LOG_BYTES];
			log.seek(log.length() - end.length);
			log.readFully(end);
			log.setLength(0);
			log.write(end);
		}
	}

}
