package io.dapr.quickstarts.bindings.launcher.process;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** How a program in Java is started: by the JVM that runs this one. */
public final class JavaCommand {

	private JavaCommand() {
	}

	/**
	 * Completes a command. A program in one jar starts from the archive of its classes if
	 * there is one.
	 * @param arguments the JVM's arguments, such as -jar and what follows
	 * @return the whole command
	 */
	public static List<String> of(String... arguments) {
		var begin = Stream.of(program().toString(),
				// In some languages numbers have digits of their own, also those of ports
				// and files.
				"-Duser.language=en", "-Duser.country=US",
				// A JVM does not read TMPDIR.
				"-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"));
		var archive = jar(List.of(arguments)).filter(JavaCommand::isArchived)
			.map((jar) -> "-XX:SharedArchiveFile=" + archive(jar));
		return Stream.of(begin, archive, Stream.of(arguments)).flatMap((part) -> part).toList();
	}

	private static Stream<Path> jar(List<String> arguments) {
		return Stream.of("-jar", "-cp")
			.mapToInt(arguments::indexOf)
			.filter((option) -> option >= 0)
			.mapToObj((option) -> arguments.get(option + 1))
			.filter((classPath) -> !classPath.contains(File.pathSeparator))
			.map(Path::of);
	}

	/**
	 * Whether there is an archive of a jar's classes, and of this build of it.
	 * @param jar the program
	 * @return false if it is missing or older than the jar
	 */
	public static boolean isArchived(Path jar) {
		return archive(jar).toFile().lastModified() > jar.toFile().lastModified();
	}

	/**
	 * Where the archive of a jar's classes lies, with which this JVM starts it in half
	 * the time.
	 * @param jar the program
	 * @return the file; the end-to-end tests make it
	 * @see <a href=
	 * "https://docs.oracle.com/en/java/javase/17/vm/class-data-sharing.html">Class data
	 * sharing</a>
	 */
	public static Path archive(Path jar) {
		return jar.resolveSibling("classes-" + Runtime.version() + ".jsa");
	}

	/**
	 * The JVM that runs this program.
	 * @return the path of java
	 */
	public static Path program() {
		return Path.of(System.getProperty("java.home"), "bin", "java");
	}

}
