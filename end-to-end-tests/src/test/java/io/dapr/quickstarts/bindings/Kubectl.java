package io.dapr.quickstarts.bindings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.dapr.quickstarts.bindings.launcher.process.ChildEnvironment;
import io.dapr.quickstarts.bindings.launcher.process.ManagedProcess;
import io.dapr.quickstarts.bindings.launcher.process.ShortCommand;

import static org.assertj.core.api.Assertions.assertThat;

/** The command of that name, with the cluster that it is set up for. */
final class Kubectl {

	/** A command waits for a broker, an image or a rolling update at most. */
	private static final Duration LIMIT = Duration.ofMinutes(5);

	private static final ChildEnvironment ENVIRONMENT = ChildEnvironment.local("KUBECONFIG");

	private Kubectl() {
	}

	/** Runs a command that must succeed, and returns what it printed. */
	static String run(String... arguments) {
		var command = Stream.concat(Stream.of("kubectl"), Stream.of(arguments)).toArray(String[]::new);
		var result = ShortCommand.run(LIMIT, ENVIRONMENT, command);
		assertThat(result).as(() -> "%s can be started and ends in time".formatted(String.join(" ", command)))
			.isPresent();
		assertThat(result.get().exitCode()).as(() -> String.join(" ", command) + "\n" + result.get().output()).isZero();
		return result.get().output();
	}

	/**
	 * Follows the log of a container, each line with its time before it, to the
	 * container's end.
	 */
	static ManagedProcess follow(String pod, String container, Consumer<String> lines) {
		return new ManagedProcess("log of " + pod,
				List.of("kubectl", "logs", "--follow", "--timestamps", pod, "--container", container), ENVIRONMENT,
				Path.of("/dev/null"), lines);
	}

}
