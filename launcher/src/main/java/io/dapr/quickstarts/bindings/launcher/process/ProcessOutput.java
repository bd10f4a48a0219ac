package io.dapr.quickstarts.bindings.launcher.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes what a process prints to its log file and to a listener. */
final class ProcessOutput {

	private static final Logger logger = LoggerFactory.getLogger(ProcessOutput.class);

	/** How many of the last lines are kept in memory. */
	private static final int KEPT = 1000;

	private final String name;

	private final Path log;

	private final Consumer<String> lines;

	private final Deque<String> last = new ArrayDeque<>();

	private boolean logFailed;

	/**
	 * Describes where the lines go.
	 * @param name what to call the process in messages
	 * @param log the file that they are added to
	 * @param lines is given each line; null if the process prints straight to the file
	 */
	ProcessOutput(String name, Path log, Consumer<String> lines) {
		this.name = name;
		this.log = log;
		this.lines = lines;
	}

	/**
	 * Joins both of the process's outputs, and takes them to the file if nobody reads.
	 */
	void redirect(ProcessBuilder builder) {
		builder.redirectErrorStream(true);
		if (this.lines == null) {
			builder.redirectOutput(ProcessBuilder.Redirect.appendTo(this.log.toFile()));
		}
	}

	/**
	 * Reads what the process prints until it has ended.
	 * @param process has just been started
	 * @return the thread that reads
	 */
	Thread follow(Process process) {
		var reader = Background.thread(this.name + " output", () -> read(process.getInputStream()));
		reader.start();
		return reader;
	}

	/** Whatever fails here, the pipe is emptied: a full one would stop the process. */
	private void read(InputStream pipe) {
		try (var output = new BufferedReader(new InputStreamReader(pipe, StandardCharsets.UTF_8));
				var file = openLog()) {
			for (var line = output.readLine(); line != null; line = output.readLine()) {
				var printed = line;
				keep(printed);
				write(file, printed);
				call(() -> this.lines.accept(printed));
			}
		}
		catch (IOException ex) {
			// Its end closed the pipe.
		}
	}

	private OutputStream openLog() {
		try {
			return Files.newOutputStream(this.log, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
		}
		catch (IOException ex) {
			logFailed(ex);
			return OutputStream.nullOutputStream();
		}
	}

	/** Without a buffer: what a full disk has refused must not be tried again later. */
	private void write(OutputStream file, String line) {
		try {
			file.write((line + System.lineSeparator()).getBytes(StandardCharsets.UTF_8));
		}
		catch (IOException ex) {
			logFailed(ex);
		}
	}

	private void logFailed(IOException failure) {
		if (!this.logFailed) {
			logger.warn("{} cannot be written, so that lines of {} are missing there: {}", this.log, this.name,
					failure.getMessage());
		}
		this.logFailed = true;
	}

	/** Calls a listener; its failure is no failure of the process. */
	void call(Runnable listener) {
		try {
			listener.run();
		}
		catch (RuntimeException | Error ex) {
			logger.warn("A listener of {} failed", this.name, ex);
		}
	}

	Path log() {
		return this.log;
	}

	/**
	 * From memory, since the log may be incomplete; the file is read if nobody else did.
	 */
	List<String> lastLines(int count) {
		synchronized (this.last) {
			if (this.lines == null) {
				this.last.clear();
				readLog();
			}
			return this.last.stream().skip(Math.max(0, this.last.size() - count)).toList();
		}
	}

	private void readLog() {
		try (var file = Files.newBufferedReader(this.log)) {
			file.lines().forEach(this::keep);
		}
		catch (IOException | UncheckedIOException ex) {
			// There is nothing to tell yet.
		}
	}

	private void keep(String line) {
		synchronized (this.last) {
			if (this.last.size() == KEPT) {
				this.last.removeFirst();
			}
			this.last.addLast(line);
		}
	}

}
