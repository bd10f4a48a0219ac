package io.dapr.quickstarts.bindings.benchmark;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.dapr.quickstarts.bindings.benchmark.SystemUnderTest.Role;
import io.dapr.quickstarts.bindings.benchmark.programs.BareClient;
import io.dapr.quickstarts.bindings.benchmark.programs.BareServer;
import io.dapr.quickstarts.bindings.benchmark.programs.PlainHttpClient;
import io.dapr.quickstarts.bindings.launcher.Apps;
import io.dapr.quickstarts.bindings.launcher.Project;

/**
 * All programs that are measured.
 *
 * @param consumerLimit answers each order at once
 * @param producerLimit sends over a bare socket
 * @param forms the two apps in each of their forms, the one of the images last
 * @param peers the programs that the apps are compared with
 */
record Systems(SystemUnderTest consumerLimit, SystemUnderTest producerLimit, List<Form> forms,
		List<SystemUnderTest> peers) {

	static final String HTTP_CLIENT = "JDK's HttpClient";

	/**
	 * Finds out what can be measured on this machine.
	 * @param testBed starts programs
	 * @param quick whether only the last form is wanted
	 * @param notes takes what is left out and why
	 * @return the programs
	 */
	static Systems find(TestBed testBed, boolean quick, List<String> notes) {
		var home = testBed.project().home();
		var forms = new ArrayList<>(List.of(jars(testBed.project())));
		if (Runtime.version().feature() >= ImageLayout.JAVA) {
			forms.add(new ImageLayout(testBed).create(notes));
		}
		else {
			notes.add("the apps as in the image were not measured: that needs Java %d; set JAVA_HOME"
				.formatted(ImageLayout.JAVA));
		}
		var peers = new ArrayList<>(List.of(java(home, HTTP_CLIENT, Role.PRODUCER, PlainHttpClient.class)));
		peers.addAll(new Peers(testBed, notes).find());
		return new Systems(java(home, "bare server", Role.CONSUMER, BareServer.class),
				java(home, "bare socket", Role.PRODUCER, BareClient.class),
				quick ? forms.subList(forms.size() - 1, forms.size()) : forms, peers);
	}

	private static SystemUnderTest java(Path home, String name, Role role, Class<?> main) {
		return SystemUnderTest.java(name, role, home, "-cp", System.getProperty("java.class.path"), main.getName());
	}

	private static Form jars(Project project) {
		return new Form("java -jar", jar(project, Role.CONSUMER, Apps.CONSUMER),
				jar(project, Role.PRODUCER, Apps.PRODUCER));
	}

	private static SystemUnderTest jar(Project project, Role role, String app) {
		return SystemUnderTest.java(app + ", java -jar", role, project.home(), "-jar", project.jar(app).toString());
	}

	/** The form that counts: as in the image where that can be had. */
	Form best() {
		return this.forms.get(this.forms.size() - 1);
	}

	/** The consumer whose orders take effect once, also over restarts. */
	SystemUnderTest consumerWithStateStore() {
		var app = best().consumer();
		return new SystemUnderTest(app.name() + ", with the state store", Role.CONSUMER_WITH_STATE_STORE,
				app.directory(), app.command(), app.environment());
	}

	/** All consumers but the limit. */
	List<SystemUnderTest> consumers() {
		return Stream
			.concat(this.forms.stream().map(Form::consumer),
					this.peers.stream().filter((peer) -> peer.role() != Role.PRODUCER))
			.toList();
	}

	/** All producers but the limit. */
	List<SystemUnderTest> producers() {
		return Stream
			.concat(this.forms.stream().map(Form::producer),
					this.peers.stream().filter((peer) -> peer.role() == Role.PRODUCER))
			.toList();
	}

	/**
	 * A form in which the apps can be started.
	 *
	 * @param name what it is called in the tables
	 * @param consumer the consumer in this form
	 * @param producer the producer in this form
	 */
	record Form(String name, SystemUnderTest consumer, SystemUnderTest producer) {
	}

}
