package io.dapr.quickstarts.bindings.launcher.process;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Surefire sets the variables (see pom.xml). */
class ChildEnvironmentTest {

	@Test
	void aLeftoverDoesNotReachAChild() {
		assertThat(ChildEnvironment.all().variables()).containsEntry("SERVER_PORT", "8085")
			.containsEntry("HTTPS_PROXY", "http://proxy.example:3128");
		assertThat(ChildEnvironment.local().variables()).containsKeys("PATH", "HOME", "TMPDIR")
			.doesNotContainKeys("SERVER_PORT", "HTTPS_PROXY");
		assertThat(ChildEnvironment.network().variables()).containsKeys("PATH", "HTTPS_PROXY")
			.doesNotContainKey("SERVER_PORT");
	}

	@Test
	void aChildGetsWhatIsNamedAndWhatIsSet() {
		assertThat(ChildEnvironment.local("SERVER_PORT").with(Map.of("ORDERS", "3")).variables())
			.containsEntry("SERVER_PORT", "8085")
			.containsEntry("ORDERS", "3");
		assertThat(ShortCommand.run(Duration.ofSeconds(20), ChildEnvironment.local().with(Map.of("ORDERS", "3")), "sh",
				"-c", "echo $ORDERS$SERVER_PORT"))
			.map(ShortCommand.Result::output)
			.hasValue("3");
	}

}
