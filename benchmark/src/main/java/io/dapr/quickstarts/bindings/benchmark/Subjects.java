package io.dapr.quickstarts.bindings.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import io.dapr.quickstarts.bindings.launcher.Apps;

/**
 * All programs that are measured.
 *
 * @param forms the forms of the two apps, the one that a user gets from the image last
 * @param server the limit of the consumer
 * @param client the limit of the producer
 * @param httpClient what Java has for the producer's work without a library
 * @param node the consumer as a Node program, empty where there is no Node
 * @param python the producer as a Python program, empty where there is no Python
 */
record Subjects(List<AppForm> forms, Subject server, Subject client, Subject httpClient, Optional<Subject> node,
		Optional<Subject> python) {

	private static final Duration VERSION_LIMIT = Duration.ofSeconds(10);

	/**
	 * Finds out what can be measured on this machine.
	 * @param workbench the broker and the rest
	 * @param notes takes what is left out and why
	 * @return the programs
	 */
	static Subjects find(Workbench workbench, List<String> notes) {
		var forms = new ArrayList<>(List.of(jars(workbench)));
		if (Runtime.version().feature() >= ImageForm.JAVA) {
			forms.add(new ImageForm(workbench).make(notes));
		}
		else {
			notes.add("the form that the image runs was not measured: it needs Java %d; set JAVA_HOME"
				.formatted(ImageForm.JAVA));
		}
		return new Subjects(List.copyOf(forms),
				new Subject("bare server (limit)", workbench.folder(), Workbench.command(BareServer.class),
						BareServer.LINE, BareServer.ORDERS_PER_LINE),
				client(workbench, "bare socket (limit)", BareClient.class),
				client(workbench, "JDK's HttpClient", PlainHttpClient.class),
				script(workbench, "node", "consumer.cjs", "{ orderId: ", notes),
				script(workbench, "python3", "producer.py", "Response for order ", notes));
	}

	private static Subject client(Workbench workbench, String name, Class<?> main) {
		return new Subject(name, workbench.folder(), Workbench.command(main), BareClient.LINE,
				BareClient.ORDERS_PER_LINE);
	}

	private static AppForm jars(Workbench workbench) {
		var folder = workbench.folder();
		return AppForm.of("java -jar", jar(workbench, folder, Apps.CONSUMER), jar(workbench, folder, Apps.PRODUCER));
	}

	private static AppForm.Start jar(Workbench workbench, Path folder, String app) {
		return new AppForm.Start(folder,
				List.of(Workbench.java().toString(), "-jar", workbench.project().jar(app).toString()));
	}

	private static Optional<Subject> script(Workbench workbench, String language, String name, String sign,
			List<String> notes) {
		if (!runs(language)) {
			notes.add("%s was not measured: %s is not installed".formatted(name, language));
			return Optional.empty();
		}
		var file = workbench.folder().resolve(name);
		try (var text = Subjects.class.getResourceAsStream("/benchmark/" + name)) {
			Files.copy(text, file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Cannot write " + file, ex);
		}
		var what = name.startsWith("consumer") ? "Node consumer" : "Python producer";
		return Optional.of(new Subject(what, workbench.folder(), List.of(language, file.toString()), sign, 1));
	}

	private static boolean runs(String program) {
		try {
			var version = new ProcessBuilder(program, "--version").redirectErrorStream(true)
				.redirectOutput(ProcessBuilder.Redirect.DISCARD)
				.start();
			return version.waitFor(VERSION_LIMIT.toMillis(), TimeUnit.MILLISECONDS) && version.exitValue() == 0;
		}
		catch (IOException ex) {
			return false;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted", ex);
		}
	}

	/** The form that counts: as in the image where that can be had. */
	AppForm best() {
		return this.forms.get(this.forms.size() - 1);
	}

	/** The forms that a run of this scale measures. */
	List<AppForm> forms(Scale scale) {
		return scale.quick() ? List.of(best()) : this.forms;
	}

	/** All that can take orders, the limit first. */
	List<Subject> consumers(Scale scale) {
		var all = new ArrayList<>(List.of(this.server));
		forms(scale).forEach((form) -> all.add(form.consumer()));
		this.node.ifPresent(all::add);
		return all;
	}

	/** All that can send orders, the limit first. */
	List<Subject> producers(Scale scale) {
		var all = new ArrayList<>(List.of(this.client, this.httpClient));
		forms(scale).forEach((form) -> all.add(form.producer()));
		this.python.ifPresent(all::add);
		return all;
	}

}
