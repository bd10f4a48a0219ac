package io.dapr.quickstarts.bindings.selfhosted.dapr;

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
	 * Copies all component files and replaces some values in the copies.
	 * @param source the folder with the files
	 * @param target the folder for the copies; created if it is missing
	 * @param values the new value for each setting (metadata name); files that do not
	 * have the setting stay as they are
	 * @return the target
	 */
	public static Path copy(Path source, Path target, Map<String, String> values) {
		try (var files = Files.newDirectoryStream(source, "*.yaml")) {
			Files.createDirectories(target);
			for (var file : files) {
				Files.writeString(target.resolve(file.getFileName()), replace(Files.readString(file), values));
			}
			return target;
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Cannot copy the component files from " + source, ex);
		}
	}

	@SuppressWarnings("unchecked")
	private static String replace(String text, Map<String, String> values) {
		var yaml = new Yaml();
		Map<String, Object> component = yaml.load(text);
		var settings = (List<Map<String, Object>>) ((Map<String, Object>) component.get("spec")).get("metadata");
		if (settings == null) {
			return text;
		}
		for (var setting : settings) {
			setting.computeIfPresent("value", (key, value) -> values.getOrDefault(setting.get("name"), (String) value));
		}
		return yaml.dump(component);
	}

}
