package io.dapr.quickstarts.bindings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

import org.yaml.snakeyaml.Yaml;

import static org.assertj.core.api.Assertions.assertThat;

/** The YAML files of the project. */
final class YamlFiles {

	private YamlFiles() {
	}

	/** Reads all documents of a file, of which each is a map. */
	static List<Map<String, Object>> read(Path file) throws IOException {
		assertThat(file).isRegularFile();
		try (var reader = Files.newBufferedReader(file)) {
			return StreamSupport.stream(new Yaml().loadAll(reader).spliterator(), false).map(YamlFiles::map).toList();
		}
	}

	/** A value that is a map. */
	static Map<String, Object> map(Object yaml) {
		assertThat(yaml).isInstanceOf(Map.class);
		return ((Map<?, ?>) yaml).entrySet()
			.stream()
			.collect(Collectors.toMap((entry) -> String.valueOf(entry.getKey()), Map.Entry::getValue));
	}

}
