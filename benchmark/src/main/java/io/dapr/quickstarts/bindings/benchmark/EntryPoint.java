package io.dapr.quickstarts.bindings.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * What the image of an app starts, read from its Dockerfile, so that the same is
 * measured.
 *
 * @param arguments what follows the program java, such as its flags
 */
record EntryPoint(List<String> arguments) {

	private static final String CACHE = "-XX:AOTCache=";

	private static final Pattern LINE = Pattern.compile("^ENTRYPOINT\\s+(\\[.*])\\s*$", Pattern.MULTILINE);

	/**
	 * Reads the entry point.
	 * @param dockerfile the file
	 * @return what it starts
	 * @throws IllegalStateException if there is no such file, or its last ENTRYPOINT does
	 * not start java as a JSON list
	 */
	static EntryPoint read(Path dockerfile) {
		try {
			return parse(Files.readString(dockerfile));
		}
		catch (IOException | IllegalArgumentException ex) {
			throw new IllegalStateException(
					"%s does not say how the image starts the app; expected ENTRYPOINT [\"java\", …]"
						.formatted(dockerfile),
					ex);
		}
	}

	/**
	 * Finds the entry point in the text of a Dockerfile.
	 * @param dockerfile the text
	 * @return what the last ENTRYPOINT starts
	 * @throws IOException if that is no JSON list
	 */
	static EntryPoint parse(String dockerfile) throws IOException {
		var entryPoint = LINE.matcher(dockerfile.replaceAll("\\\\\\R\\s*", ""))
			.results()
			.reduce((first, second) -> second)
			.orElseThrow(() -> new IllegalArgumentException("no ENTRYPOINT"));
		var words = new ObjectMapper().readValue(entryPoint.group(1), new TypeReference<List<String>>() {
		});
		if (words.size() < 2 || !words.get(0).equals("java")) {
			throw new IllegalArgumentException("not java");
		}
		return new EntryPoint(List.copyOf(words.subList(1, words.size())));
	}

	/** The arguments for the first run, which makes the cache that this one uses. */
	EntryPoint training() {
		return new EntryPoint(
				this.arguments.stream().map((word) -> word.replace(CACHE, "-XX:AOTCacheOutput=")).toList());
	}

	/** The name of the cache file, empty if the image has none. */
	String cache() {
		return this.arguments.stream()
			.filter((word) -> word.startsWith(CACHE))
			.map((word) -> word.substring(CACHE.length()))
			.findFirst()
			.orElse("");
	}

}
