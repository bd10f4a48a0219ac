package io.dapr.quickstarts.bindings.benchmark;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.dapr.quickstarts.bindings.launcher.Apps;

/**
 * A form in which the apps can be started.
 *
 * @param name what it is called in the tables
 * @param consumer the consumer in this form
 * @param producer the producer in this form
 */
record AppForm(String name, Subject consumer, Subject producer) {

	/**
	 * Describes a form.
	 * @param name what it is called in the tables
	 * @param consumer how the consumer is started
	 * @param producer how the producer is started
	 * @return the form
	 */
	static AppForm of(String name, Start consumer, Start producer) {
		return new AppForm(name,
				new Subject(Apps.CONSUMER + ", " + name, consumer.folder(), consumer.command(), "{ orderId: ", 1),
				new Subject(Apps.PRODUCER + ", " + name, producer.folder(), producer.command(), "Response for order ",
						1));
	}

	/**
	 * Adds JVM flags to a program that runs on Java.
	 * @param subject the program
	 * @param flags the flags
	 * @return the program with the flags before all others
	 */
	static Subject with(Subject subject, String... flags) {
		var command = new ArrayList<>(subject.command());
		command.addAll(1, List.of(flags));
		return new Subject(subject.name(), subject.folder(), command, subject.sign(), subject.ordersPerLine());
	}

	/**
	 * How an app is started.
	 *
	 * @param folder the folder to start it in
	 * @param command the program and its arguments
	 */
	record Start(Path folder, List<String> command) {
	}

}
