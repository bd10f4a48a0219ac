package io.dapr.quickstarts.bindings.benchmark;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import io.dapr.quickstarts.bindings.launcher.process.JavaCommand;

/**
 * A program that is measured.
 *
 * @param name what it is called in the tables
 * @param role what it does with orders
 * @param directory the folder that it is started in
 * @param command how it is started
 * @param environment variables that it needs in addition to those of its role
 */
record SystemUnderTest(String name, Role role, Path directory, List<String> command, Map<String, String> environment) {

	/**
	 * Describes a program that runs on the same JVM as the benchmark.
	 * @param name what it is called in the tables
	 * @param role what it does with orders
	 * @param directory the folder that it is started in
	 * @param arguments of the JVM, such as -jar and what follows
	 */
	static SystemUnderTest java(String name, Role role, Path directory, String... arguments) {
		return new SystemUnderTest(name, role, directory, List.of(JavaCommand.java().toString()), Map.of())
			.withFlags(arguments);
	}

	/** Adds JVM flags before all others. */
	SystemUnderTest withFlags(String... flags) {
		var longer = new ArrayList<>(this.command);
		longer.addAll(1, List.of(flags));
		return new SystemUnderTest(this.name, this.role, this.directory, longer, this.environment);
	}

	/** Sets the variables that it needs in addition to those of its role. */
	SystemUnderTest withEnvironment(Map<String, String> variables) {
		return new SystemUnderTest(this.name, this.role, this.directory, this.command, variables);
	}

	/** What a program does with orders. */
	enum Role {

		/** Is called by its sidecar, at the port {@code APP_PORT}. */
		CONSUMER("\\{ orderId: \\d+ }$"),

		/** As CONSUMER, of a sidecar that has the state store. */
		CONSUMER_WITH_STATE_STORE("\\{ orderId: \\d+ }$"),

		/** Reads the topic itself. */
		KAFKA_CONSUMER("\\{ orderId: \\d+ }$"),

		/** Calls its sidecar. */
		PRODUCER("Response for order \\d+: OK$");

		private final Pattern handledOrder;

		Role(String handledOrder) {
			this.handledOrder = Pattern.compile(handledOrder);
		}

		/** Whether a line says that an order was handled or accepted. */
		boolean isOrder(String line) {
			return this.handledOrder.matcher(line).find();
		}

	}

}
