package io.dapr.quickstarts.bindings.launcher.process;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** How a program in Java is started: by the JVM that runs this one. */
public final class JavaCommand {

	private JavaCommand() {
	}

	/**
	 * Completes a command.
	 * @param arguments the JVM's arguments, such as -jar and what follows
	 * @return the whole command
	 */
	public static List<String> of(String... arguments) {
		return Stream.concat(Stream.of(program().toString(),
				// In some languages numbers have digits of their own, also those of ports
				// and files.
				"-Duser.language=en", "-Duser.country=US",
				// A JVM does not read TMPDIR.
				"-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir")), Stream.of(arguments))
			.toList();
	}

	/**
	 * The JVM that runs this program.
	 * @return the path of java
	 */
	public static Path program() {
		return Path.of(System.getProperty("java.home"), "bin", "java");
	}

}
