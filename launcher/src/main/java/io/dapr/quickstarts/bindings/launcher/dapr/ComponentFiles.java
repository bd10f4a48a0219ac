package io.dapr.quickstarts.bindings.launcher.dapr;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.yaml.snakeyaml.Yaml;

/** The component files as committed, or copies in which one value is another. */
public final class ComponentFiles {

	private ComponentFiles() {
	}

	/**
	 * Copies all component files and replaces some values of their settings in the
	 * copies.
	 * @param source the folder with the files
	 * @param target the folder for the copies; created if it is missing
	 * @param values the new value for each value to replace, such as
	 * {@code localhost:9092}
	 */
	public static void copy(Path source, Path target, Map<String, String> values) {
		try (var files = Files.newDirectoryStream(source, "*.yaml")) {
			Files.createDirectories(target);
			for (var file : files) {
				Files.writeString(target.resolve(file.getFileName()), replace(Files.readString(file), values));
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Cannot copy the component files from " + source, ex);
		}
	}

	private static String replace(String text, Map<String, String> values) {
		var yaml = new Yaml();
		Map<String, Map<String, List<Map<String, String>>>> component = yaml.load(text);
		// A resiliency policy has no settings.
		component.get("spec")
			.getOrDefault("metadata", List.of())
			.forEach((setting) -> setting.computeIfPresent("value", (key, value) -> values.getOrDefault(value, value)));
		return yaml.dump(component);
	}

}
