package io.dapr.quickstarts.bindings.launcher.dapr;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import io.dapr.quickstarts.bindings.launcher.Project;
import io.dapr.quickstarts.bindings.launcher.process.InvalidSettingException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ComponentFilesTest {

	private static final String COMPONENT = """
			apiVersion: dapr.io/v1alpha1
			kind: Component
			metadata: {name: sample-topic}
			spec:
			  type: bindings.kafka # the type
			  version: v1
			  metadata:
			  - {name: topics, value: sample}
			  - name: brokers
			    value: %s # the brokers
			  - name: authRequired
			    value: false
			""";

	@TempDir
	private Path folder;

	private Path source;

	private Path target;

	@BeforeEach
	void createFolder() throws IOException {
		this.source = Files.createDirectory(this.folder.resolve("source"));
		this.target = this.folder.resolve("target");
	}

	@Test
	void theCommittedFilesAreCopiedAsTheyAre() throws IOException {
		var committed = Project.current().components();
		ComponentFiles.read(committed).copyTo(this.target);
		assertThat(this.target).isDirectoryContaining("glob:**/kafka_bindings.yaml");
		try (var files = Files.list(committed)) {
			assertThat(files)
				.allSatisfy((file) -> assertThat(copy(file.getFileName().toString())).hasSameTextualContentAs(file));
		}
	}

	@Test
	void changesABrokerAndNothingElse() throws IOException {
		var committed = Project.current().components();
		ComponentFiles.read(committed).with("brokers", "broker:1").copyTo(this.target);
		for (var name : new String[] { "kafka_bindings.yaml", "kafka_dead_letter.yaml", "resiliency.yaml" }) {
			assertThat(copy(name))
				.hasContent(Files.readString(committed.resolve(name)).replace("localhost:9092", "'broker:1'"));
		}
	}

	@Test
	void changesTheSettingOfOneComponent() throws IOException {
		ComponentFiles.read(Project.current().components())
			.with("sample-topic", "publishTopic", "other")
			.copyTo(this.target);
		assertThat(copy("kafka_bindings.yaml")).content().contains("- name: publishTopic\n      value: 'other'\n");
		assertThat(copy("kafka_dead_letter.yaml")).content().contains("value: sample-dead-letter\n");
	}

	@ParameterizedTest
	@ValueSource(strings = { "localhost:9092", "\"localhost:9092\"", "'it''s'", "9092", "true", "-1", "größe",
			"\"訂單😀\"", "|-\n      localhost:9092\n#", "" })
	void aValueMayBeWrittenInAnyWay(String value) throws IOException {
		var text = "# 😀 größe\n" + COMPONENT;
		write("a.yml", text.formatted(value));
		ComponentFiles.read(this.source).with("brokers", "it's:1").copyTo(this.target);
		Object expected = new Yaml().load(text.formatted("\"it's:1\""));
		Object copied = new Yaml().load(Files.readString(copy("a.yml")));
		assertThat(copied).isEqualTo(expected);
	}

	@ParameterizedTest
	@ValueSource(strings = { "[a, b]", "{ key: a }", "&anchor a", "*anchor" })
	void aValueThatCannotBeReplacedIsNamed(String value) throws IOException {
		write("a.yaml", COMPONENT.formatted(value).replace("sample}", "&anchor sample}"));
		var files = ComponentFiles.read(this.source).with("brokers", "broker:1");
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(() -> files.copyTo(this.target))
			.withMessage(
					this.source.resolve("a.yaml") + ": the setting brokers of the component sample-topic has no plain"
							+ " value; expected one, since this run replaces it");
	}

	@Test
	void aSecretIsNoPlainValue() throws IOException {
		write("a.yaml", COMPONENT.formatted("").replace("value:  #", "secretKeyRef: {name: a, key: b} #"));
		var files = ComponentFiles.read(this.source).with("brokers", "broker:1");
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(() -> files.copyTo(this.target));
	}

	@Test
	void passesOverWhatIsNoKafkaComponent() throws IOException {
		var text = """
				# kind: Component
				---
				---
				just a text
				---
				- a list
				---
				apiVersion: dapr.io/v1alpha1
				kind: Resiliency
				metadata:
				  name: brokers
				---
				%s
				--- # the next
				kind: Component
				spec:
				  type: state.redis
				  metadata:
				  - {name: brokers, value: 1}
				---
				kind: Component
				spec:
				""";
		write("several.yaml", text.formatted(COMPONENT.formatted("localhost:9092")));
		write("empty.yaml", "");
		write("commented-out.yaml", COMPONENT.indent(1).replace("\n ", "\n#").replaceFirst(" ", "#"));
		write("note.txt", "{ no yaml");
		Files.createDirectory(this.source.resolve("folder.yaml"));
		ComponentFiles.read(this.source).with("brokers", "broker:1").copyTo(this.target);
		assertThat(copy("several.yaml")).hasContent(text.formatted(COMPONENT.formatted("'broker:1'")));
		assertThat(copy("empty.yaml")).hasContent("");
		assertThat(copy("note.txt")).doesNotExist();
		assertThat(copy("folder.yaml")).doesNotExist();
	}

	@Test
	void tellsAValue() throws IOException {
		write("a.yaml", COMPONENT.formatted("9092"));
		var files = ComponentFiles.read(this.source);
		assertThat(files.value("sample-topic", "brokers")).hasValue("9092");
		assertThat(files.value("sample-topic", "authRequired")).hasValue("false");
		assertThat(files.value("sample-topic", "consumerGroup")).isEmpty();
		assertThat(files.value("other", "brokers")).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			a: [1         | is no YAML, line 1: expected ',' or ']', but got <stream end>
			a: b: c       | is no YAML, line 1: mapping values are not allowed here
			a: "b         | is no YAML, line 1: found unexpected end of stream
			a: *missing   | is no YAML, line 1: found undefined alias missing
			""")
	void aBrokenFileIsNamed(String text, String reason) throws IOException {
		write("broken.yaml", text);
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(() -> ComponentFiles.read(this.source))
			.withMessage(this.source.resolve("broken.yaml") + " " + reason);
	}

	@Test
	void aFileInAnotherEncodingIsNamed() throws IOException {
		Files.write(this.source.resolve("latin.yaml"), "# größe".getBytes(StandardCharsets.ISO_8859_1));
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(() -> ComponentFiles.read(this.source))
			.withMessage(this.source.resolve("latin.yaml") + " is no text in UTF-8");
	}

	@Test
	void aMissingFolderIsNamed() {
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(() -> ComponentFiles.read(this.target))
			.withMessage("The folder " + this.target + " with the component files cannot be read");
	}

	private void write(String name, String text) throws IOException {
		Files.writeString(this.source.resolve(name), text);
	}

	private Path copy(String name) {
		return this.target.resolve(name);
	}

}
