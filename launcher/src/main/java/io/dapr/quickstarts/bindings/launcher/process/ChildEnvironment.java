package io.dapr.quickstarts.bindings.launcher.process;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The environment variables of a child process. They are chosen: of what this process
 * happens to have, Spring, Dapr, Kafka, Go and the JVM each read some, and a leftover
 * such as SERVER_PORT or JAVA_TOOL_OPTIONS would change how a child behaves.
 */
public final class ChildEnvironment {

	/** What a program needs to find its files and to speak the user's language. */
	private static final Set<String> COMMON = Set.of("PATH", "HOME", "USER", "LOGNAME", "SHELL", "TERM", "LANG",
			"LANGUAGE", "LC_ALL", "LC_CTYPE", "TZ", "TZDIR", "LD_LIBRARY_PATH");

	/** What a program needs to download something. */
	private static final Set<String> NETWORK = Set.of("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy",
			"ALL_PROXY", "all_proxy", "NO_PROXY", "no_proxy", "SSL_CERT_FILE", "SSL_CERT_DIR", "XDG_CACHE_HOME",
			"XDG_CONFIG_HOME", "XDG_RUNTIME_DIR");

	private final Map<String, String> variables;

	private ChildEnvironment(Map<String, String> variables) {
		this.variables = Map.copyOf(variables);
	}

	/**
	 * For a program that does its work on this machine alone.
	 * @param more names of further variables to inherit
	 * @return the variables
	 */
	public static ChildEnvironment local(String... more) {
		var names = Set.of(more);
		return inherited((name) -> COMMON.contains(name) || names.contains(name));
	}

	/**
	 * For a program that downloads something.
	 * @param more names of further variables to inherit
	 * @return the variables
	 */
	public static ChildEnvironment network(String... more) {
		var names = Set.of(more);
		return inherited((name) -> COMMON.contains(name) || NETWORK.contains(name) || names.contains(name));
	}

	/**
	 * For a program that stands for the user, who starts it in this process's
	 * environment.
	 * @return all variables of this process
	 */
	public static ChildEnvironment all() {
		return new ChildEnvironment(System.getenv());
	}

	private static ChildEnvironment inherited(Predicate<String> chosen) {
		var variables = System.getenv()
			.entrySet()
			.stream()
			.filter((variable) -> chosen.test(variable.getKey()))
			.collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (one, other) -> one, HashMap::new));
		// Go and the shell fail without it; the JVM finds it by itself.
		variables.putIfAbsent("HOME", System.getProperty("user.home"));
		variables.put("TMPDIR", System.getProperty("java.io.tmpdir"));
		return new ChildEnvironment(variables);
	}

	/**
	 * Adds variables, or replaces them.
	 * @param more the variables
	 * @return both
	 */
	public ChildEnvironment with(Map<String, String> more) {
		var both = new HashMap<>(this.variables);
		both.putAll(more);
		return new ChildEnvironment(both);
	}

	/**
	 * Leaves variables out.
	 * @param names their names
	 * @return the others
	 */
	public ChildEnvironment without(String... names) {
		var others = new HashMap<>(this.variables);
		others.keySet().removeAll(Set.of(names));
		return new ChildEnvironment(others);
	}

	public Map<String, String> variables() {
		return this.variables;
	}

	void applyTo(ProcessBuilder builder) {
		builder.environment().clear();
		builder.environment().putAll(this.variables);
	}

}
