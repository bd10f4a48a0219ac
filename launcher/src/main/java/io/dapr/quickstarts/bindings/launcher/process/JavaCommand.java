package io.dapr.quickstarts.bindings.launcher.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** How a program in Java is started: by the JVM that runs this one. */
public final class JavaCommand {

	private JavaCommand() {
	}

	/**
	 * Completes a command.
	 * @param program which program it starts, see {@link #classArchive}
	 * @param arguments the JVM's arguments, such as -jar and what follows
	 * @return the whole command
	 */
	public static List<String> of(String program, String... arguments) {
		var own = Stream.of(java().toString(),
				// In some languages numbers have digits of their own, also those of ports
				// and files.
				"-Duser.language=en", "-Duser.country=US",
				// A JVM does not read TMPDIR.
				"-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"));
		return Stream.of(own, classArchive(program), Stream.of(arguments)).flatMap(Function.identity()).toList();
	}

	/**
	 * The option for an archive of a program's classes, with which the JVM starts it in
	 * half the CPU time. The first start writes the archive when it ends. Only the
	 * end-to-end tests, which start each program many times, have archives.
	 * @param program names the archive
	 * @return the option; empty if the system property {@code quickstart.archives} names
	 * no folder
	 * @see <a href=
	 * "https://docs.oracle.com/en/java/javase/17/vm/class-data-sharing.html">Class data
	 * sharing</a>
	 */
	public static Stream<String> classArchive(String program) {
		return Stream.ofNullable(System.getProperty("quickstart.archives"))
			.map((folder) -> Path.of(folder, program + ".jsa"))
			.map((file) -> (Files.exists(file) ? "-XX:SharedArchiveFile=" : "-XX:ArchiveClassesAtExit=") + file);
	}

	/**
	 * The JVM that runs this program.
	 * @return the path of java
	 */
	public static Path java() {
		return Path.of(System.getProperty("java.home"), "bin", "java");
	}

}
