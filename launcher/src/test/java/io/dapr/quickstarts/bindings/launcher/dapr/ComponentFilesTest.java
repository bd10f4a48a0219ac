package io.dapr.quickstarts.bindings.launcher.dapr;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import io.dapr.quickstarts.bindings.launcher.Project;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

import static org.assertj.core.api.Assertions.assertThat;

class ComponentFilesTest {

	@TempDir
	private Path target;

	@Test
	void replacesTheBrokersAndNothingElse() throws IOException {
		var source = Project.current().components();
		ComponentFiles.copy(source, this.target, Map.of("localhost:9092", "broker:1"));
		for (var name : List.of("kafka_bindings.yaml", "kafka_dead_letter.yaml", "resiliency.yaml")) {
			Object expected = new Yaml()
				.load(Files.readString(source.resolve(name)).replace("localhost:9092", "broker:1"));
			Object copied = new Yaml().load(Files.readString(this.target.resolve(name)));
			assertThat(copied).as(name).isEqualTo(expected);
		}
	}

}
