package io.dapr.quickstarts.bindings.launcher.kafka;

import java.util.stream.Stream;

import kafka.Kafka;
import kafka.tools.StorageTool;

/**
 * What runs in the process of an embedded broker. The data folder is prepared there too,
 * so that Kafka's classes are loaded once.
 */
final class BrokerProgram {

	private BrokerProgram() {
	}

	/**
	 * Prepares the data folder, which Kafka wants before its first start, and runs Kafka.
	 * @param arguments the file with the settings, then options of
	 * {@code kafka-storage.sh format}
	 */
	public static void main(String[] arguments) {
		var settings = arguments[0];
		var format = Stream.concat(Stream.of("format", "--ignore-formatted", "--config"), Stream.of(arguments));
		var exitCode = StorageTool.execute(format.toArray(String[]::new), System.out);
		if (exitCode != 0) {
			System.exit(exitCode);
		}
		Kafka.main(new String[] { settings });
	}

}
