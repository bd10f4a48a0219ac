package io.dapr.quickstarts.bindings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

import com.fasterxml.jackson.databind.json.JsonMapper;

/**
 * The secrets that components name, in a file: what a local run has in place of
 * Kubernetes' own store, as docs/secured-kafka.md shows it.
 *
 * @param values the values, by secret and key
 */
record LocalSecrets(Map<String, Map<String, String>> values) {

	static final String STORE = """
			apiVersion: dapr.io/v1alpha1
			kind: Component
			metadata:
			  name: kubernetes
			spec:
			  type: secretstores.local.file
			  version: v1
			  metadata:
			    - name: secretsFile
			      value: %s
			    - name: multiValued
			      value: "true"
			""";

	/** The same with one other value. */
	LocalSecrets with(String secret, String key, String value) {
		var changed = new HashMap<>(this.values);
		var itsValues = new HashMap<>(changed.get(secret));
		itsValues.put(key, value);
		changed.put(secret, itsValues);
		return new LocalSecrets(changed);
	}

	/** Writes the secrets and their store beside the components of a folder. */
	void writeTo(Path components) {
		write(components, components.resolve("secrets.json"));
	}

	/** The same, for a sidecar that is started in this folder. */
	void writeForSidecarIn(Path components) {
		write(components, Path.of("secrets.json"));
	}

	private void write(Path components, Path named) {
		try {
			new JsonMapper().writeValue(components.resolve("secrets.json").toFile(), this.values);
			Files.writeString(components.resolve("secret_store.yaml"), STORE.formatted(named));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
