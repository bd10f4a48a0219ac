package io.dapr.quickstarts.bindings.launcher.kafka;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

import io.dapr.quickstarts.bindings.launcher.process.InvalidSettingException;
import io.dapr.quickstarts.bindings.launcher.process.UserFolders;

/**
 * A file with settings of Kafka's clients, as Kafka's own tools take it
 * ({@code --command-config}).
 */
public final class ClientProperties {

	private ClientProperties() {
	}

	/**
	 * Reads a file.
	 * @param file the file
	 * @return the settings by name
	 * @throws InvalidSettingException if there is no such file, or it holds something
	 * else
	 */
	public static Map<String, Object> read(Path file) {
		try (var reader = Files.newBufferedReader(file)) {
			var properties = new Properties();
			properties.load(reader);
			return properties.stringPropertyNames()
				.stream()
				.collect(Collectors.toMap((name) -> name, properties::getProperty));
		}
		catch (IOException ex) {
			throw new InvalidSettingException(
					"--kafka-config is %s, which cannot be read: %s; expected a file with the settings of a Kafka client"
						.formatted(file, UserFolders.reason(ex)));
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidSettingException(
					"--kafka-config is %s, which is no properties file: %s".formatted(file, ex.getMessage()));
		}
	}

}
