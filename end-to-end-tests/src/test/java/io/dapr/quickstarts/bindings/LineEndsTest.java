package io.dapr.quickstarts.bindings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import io.dapr.quickstarts.bindings.launcher.Project;
import io.dapr.quickstarts.bindings.launcher.process.ChildEnvironment;
import io.dapr.quickstarts.bindings.launcher.process.ShortCommand;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * A checkout by Git for Windows, where core.autocrlf is true, runs in WSL: bash takes no
 * script with CRLF.
 */
class LineEndsTest {

	private static final Duration LIMIT = Duration.ofSeconds(60);

	@TempDir
	private Path checkout;

	@Test
	void gitsSettingsDoNotChangeScripts() throws IOException {
		var home = Project.current().home();
		assumeTrue(ShortCommand.run(LIMIT, ChildEnvironment.local(), "git", "-C", home.toString(), "rev-parse", "HEAD")
			.filter((result) -> result.exitCode() == 0)
			.isPresent(), "this is not a Git checkout of this user");
		var clone = ShortCommand
			.run(LIMIT, ChildEnvironment.local(), "git", "-c", "core.autocrlf=true", "clone", "--quiet",
					home.toString(), this.checkout.toString())
			.orElseThrow();
		assertThat(clone.exitCode()).as(clone.output()).isZero();

		for (var script : new String[] { "quickstart", "launcher/build.sh", "mvnw", ".ci/run",
				"components/kafka_bindings.yaml" }) {
			assertThat(Files.readString(this.checkout.resolve(script))).as(script).doesNotContain("\r");
		}
		assertThat(Files.readString(this.checkout.resolve("mvnw.cmd"))).contains("\r\n");
	}

}
