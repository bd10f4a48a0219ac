package io.dapr.quickstarts.bindings.launcher.dapr;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import io.dapr.quickstarts.bindings.launcher.process.InvalidSettingException;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * The settings of the Kafka components, and of the embedded state store, in one file,
 * with their places in its text. A file may hold several documents, none, or documents of
 * other kinds, which are passed over.
 */
final class KafkaSettings {

	private final String file;

	private final String text;

	private final List<Setting> settings;

	private KafkaSettings(String file, String text, List<Setting> settings) {
		this.file = file;
		this.text = text;
		this.settings = settings;
	}

	/**
	 * Reads a file.
	 * @param file its name, for messages
	 * @param text what it holds
	 * @return its settings
	 * @throws InvalidSettingException if it is no YAML
	 */
	static KafkaSettings parse(String file, String text) {
		try {
			var documents = new Yaml(new LoaderOptions()).composeAll(new StringReader(text));
			var settings = StreamSupport.stream(documents.spliterator(), false)
				.filter(KafkaSettings::isForThisRun)
				.flatMap(KafkaSettings::settings)
				.toList();
			return new KafkaSettings(file, text, settings);
		}
		catch (MarkedYAMLException ex) {
			throw new InvalidSettingException(
					"%s is no YAML, line %d: %s".formatted(file, ex.getProblemMark().getLine() + 1, ex.getProblem()));
		}
		catch (YAMLException ex) {
			throw new InvalidSettingException(
					"%s is no YAML: %s".formatted(file, ex.getMessage().lines().findFirst().orElse("")));
		}
	}

	private static boolean isForThisRun(Node document) {
		var type = at(document, "spec").map((spec) -> text(spec, "type")).orElse("");
		return text(document, "kind").equals("Component") && (type.endsWith(".kafka") || type.equals("state.sqlite"));
	}

	private static Stream<Setting> settings(Node component) {
		var name = at(component, "metadata").map((metadata) -> text(metadata, "name")).orElse("");
		return at(component, "spec").flatMap((spec) -> at(spec, "metadata"))
			.filter(SequenceNode.class::isInstance)
			.map((list) -> ((SequenceNode) list).getValue())
			.orElse(List.of())
			.stream()
			.map((entry) -> new Setting(name, text(entry, "name"), at(entry, "value")));
	}

	/** A mapping's value; of a key that is there twice the last, as daprd has it. */
	private static Optional<Node> at(Node mapping, String key) {
		return (mapping instanceof MappingNode node) ? node.getValue()
			.stream()
			.filter((entry) -> entry.getKeyNode() instanceof ScalarNode name && name.getValue().equals(key))
			.map((entry) -> entry.getValueNode())
			.reduce((first, second) -> second) : Optional.empty();
	}

	private static String text(Node mapping, String key) {
		return at(mapping, key).filter(ScalarNode.class::isInstance)
			.map((value) -> ((ScalarNode) value).getValue())
			.orElse("");
	}

	Optional<String> value(String component, String name) {
		return value((setting) -> setting.component.equals(component) && setting.name.equalsIgnoreCase(name));
	}

	Optional<String> value(String name) {
		return value((setting) -> setting.name.equalsIgnoreCase(name));
	}

	private Optional<String> value(Predicate<Setting> wanted) {
		return this.settings.stream()
			.filter(wanted)
			.flatMap((setting) -> setting.value.stream())
			.filter(ScalarNode.class::isInstance)
			.map((value) -> ((ScalarNode) value).getValue())
			.findFirst();
	}

	/**
	 * Gives the text with other values.
	 * @param changes the values
	 * @return the text, the same but for the values
	 * @throws InvalidSettingException if a setting to change has no value of its own,
	 * such as one that names a secret
	 */
	String changed(List<ComponentFiles.Change> changes) {
		var replacements = new ArrayList<Replacement>();
		for (var setting : this.settings) {
			changes.stream()
				.filter((change) -> change.concerns(setting.component, setting.name))
				.forEach((change) -> replacements.add(replacement(setting, change.value())));
		}
		// From the end on, so that the places before it stay what they are.
		replacements.sort(Comparator.comparingInt(Replacement::start).reversed());
		var changed = new StringBuilder(this.text);
		replacements.forEach((replacement) -> changed.replace(replacement.start, replacement.end, replacement.value));
		return changed.toString();
	}

	private Replacement replacement(Setting setting, String value) {
		// What has an anchor is used in other places too.
		var node = setting.value.filter((found) -> found instanceof ScalarNode && found.getAnchor() == null)
			.orElseThrow(() -> new InvalidSettingException(
					"%s: the setting %s of the component %s has no plain value; expected one, since this run replaces it"
						.formatted(this.file, setting.name, setting.component)));
		var start = this.text.offsetByCodePoints(0, node.getStartMark().getIndex());
		var end = this.text.offsetByCodePoints(0, node.getEndMark().getIndex());
		// A block ends where the next line's text begins, and a missing value where the
		// colon ends.
		var old = this.text.substring(start, end).stripTrailing();
		return new Replacement(start, start + old.length(), old.isEmpty() ? " " + quoted(value) : quoted(value));
	}

	/** Within single quotes YAML reads all but a quote as it is. */
	private static String quoted(String value) {
		return "'" + value.replace("'", "''") + "'";
	}

	private record Setting(String component, String name, Optional<Node> value) {
	}

	private record Replacement(int start, int end, String value) {
	}

}
