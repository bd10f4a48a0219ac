package io.dapr.quickstarts.bindings.launcher.dapr;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.dapr.quickstarts.bindings.launcher.process.InvalidSettingException;

/**
 * The component files of a folder, as they are or with other values for some settings of
 * their Kafka components and their embedded state store. Nothing else of a file's text is
 * changed. The files are those that daprd reads: named .yaml or .yml, and in no folder
 * below.
 */
public final class ComponentFiles {

	private final Map<Path, KafkaSettings> files;

	private final List<Change> changes;

	private ComponentFiles(Map<Path, KafkaSettings> files, List<Change> changes) {
		this.files = files;
		this.changes = changes;
	}

	/**
	 * Reads a folder.
	 * @param folder the folder with the files
	 * @return its files, unchanged
	 * @throws InvalidSettingException if one of them is no YAML
	 */
	public static ComponentFiles read(Path folder) {
		try (Stream<Path> files = Files.list(folder)) {
			var settings = files.filter(ComponentFiles::isReadByDaprd)
				.collect(Collectors.toMap(Path::getFileName, ComponentFiles::settings));
			return new ComponentFiles(settings, List.of());
		}
		catch (IOException ex) {
			throw new InvalidSettingException("The folder " + folder + " with the component files cannot be read");
		}
	}

	private static boolean isReadByDaprd(Path file) {
		var name = file.getFileName().toString().toLowerCase(Locale.ROOT);
		return (name.endsWith(".yaml") || name.endsWith(".yml")) && !Files.isDirectory(file);
	}

	private static KafkaSettings settings(Path file) {
		try {
			return KafkaSettings.parse(file.toString(), Files.readString(file));
		}
		catch (CharacterCodingException ex) {
			throw new InvalidSettingException(file + " is no text in UTF-8");
		}
		catch (IOException ex) {
			throw new InvalidSettingException(file + " cannot be read");
		}
	}

	/**
	 * Changes a setting in each of these components that has it.
	 * @param setting its name, such as brokers
	 * @param value the new value
	 * @return the files with this change too
	 */
	public ComponentFiles with(String setting, String value) {
		return with(new Change(Optional.empty(), setting, value));
	}

	/**
	 * Changes a setting of one component, if it has it.
	 * @param component the component's name, such as sample-topic
	 * @param setting the setting's name, such as publishTopic
	 * @param value the new value
	 * @return the files with this change too
	 */
	public ComponentFiles with(String component, String setting, String value) {
		return with(new Change(Optional.of(component), setting, value));
	}

	/**
	 * Sets the file of the embedded state store.
	 * @param file the file
	 * @return the files with this change too
	 */
	public ComponentFiles withStateFile(Path file) {
		// As a URI: some characters that a folder's name may have mean something to
		// SQLite.
		return with("statestore", "connectionString", file.toUri().toString());
	}

	private ComponentFiles with(Change change) {
		var more = new ArrayList<>(this.changes);
		more.add(change);
		return new ComponentFiles(this.files, List.copyOf(more));
	}

	/**
	 * Tells a setting as the files have it.
	 * @param component the component's name
	 * @param setting the setting's name
	 * @return its value, empty if there is no such component or setting
	 */
	public Optional<String> value(String component, String setting) {
		return this.files.values().stream().flatMap((file) -> file.value(component, setting).stream()).findFirst();
	}

	/**
	 * Tells a setting, whichever Kafka component has it.
	 * @param setting the setting's name
	 * @return its value, empty if no component has it
	 */
	public Optional<String> value(String setting) {
		return this.files.values().stream().flatMap((file) -> file.value(setting).stream()).findFirst();
	}

	/**
	 * Writes the files, with the changes, into another folder.
	 * @param folder is created if it is missing
	 */
	public void copyTo(Path folder) {
		try {
			Files.createDirectories(folder);
			for (var file : this.files.entrySet()) {
				Files.writeString(folder.resolve(file.getKey()), file.getValue().changed(this.changes));
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Cannot write component files to " + folder + ": " + ex.getMessage(), ex);
		}
	}

	/**
	 * A new value for a setting.
	 *
	 * @param component the component's name, empty for all
	 * @param setting the setting's name
	 * @param value the new value
	 */
	record Change(Optional<String> component, String setting, String value) {

		boolean concerns(String component, String setting) {
			return this.setting.equalsIgnoreCase(setting) && this.component.map(component::equals).orElse(true);
		}

	}

}
