package io.dapr.quickstarts.bindings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import io.dapr.quickstarts.bindings.launcher.Project;
import io.dapr.quickstarts.bindings.launcher.process.ChildEnvironment;
import io.dapr.quickstarts.bindings.launcher.process.ShortCommand;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

/**
 * The wrapper downloads Maven and checks its sum, on a machine that has never run it,
 * with {@code unzip} and without.
 */
class MavenWrapperIT {

	private static final Duration LIMIT = Duration.ofMinutes(3);

	private static final String PROPERTIES = ".mvn/wrapper/maven-wrapper.properties";

	@TempDir
	private Path checkout;

	@TempDir
	private Path home;

	/** Not a TempDir: JUnit warns of each link that it deletes. */
	private final Path programs = TestKafka.temporaryFolder("programs-");

	@BeforeEach
	void copyTheWrapper() throws IOException {
		Files.createDirectories(this.checkout.resolve(PROPERTIES).getParent());
		for (var file : new String[] { "mvnw", PROPERTIES }) {
			Files.copy(Project.current().home().resolve(file), this.checkout.resolve(file));
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void takesTheRealMaven(boolean unzip) throws IOException {
		var result = mavenVersion(unzip);
		assertThat(result.output()).contains("Apache Maven ");
		assertThat(result.exitCode()).isZero();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void refusesAnother(boolean unzip) throws IOException {
		var properties = this.checkout.resolve(PROPERTIES);
		Files.writeString(properties, Files.readString(properties).replaceAll("(Sha256Sum=).{8}", "$100000000"));
		var result = mavenVersion(unzip);
		assertThat(result.output()).contains("Failed to validate Maven distribution SHA-256")
			.doesNotContain("Apache Maven ");
		assertThat(result.exitCode()).isOne();
	}

	private ShortCommand.Result mavenVersion(boolean unzip) throws IOException {
		var environment = ChildEnvironment.network("JAVA_HOME", "MVNW_REPOURL", "MVNW_USERNAME", "MVNW_PASSWORD")
			.with(Map.of("MAVEN_USER_HOME", this.home.toString()));
		var result = ShortCommand
			.run(LIMIT, unzip ? environment : withoutUnzip(environment), "sh", this.checkout.resolve("mvnw").toString(),
					"-v")
			.orElseThrow();
		assumeFalse(result.output().contains("Failed to fetch"), "there is no network");
		return result;
	}

	/** A PATH of one folder with links to all programs but this one. */
	private ChildEnvironment withoutUnzip(ChildEnvironment environment) throws IOException {
		for (var folder : environment.variables().get("PATH").split(":")) {
			if (Files.isDirectory(Path.of(folder))) {
				try (var files = Files.newDirectoryStream(Path.of(folder))) {
					for (var file : files) {
						var link = this.programs.resolve(file.getFileName());
						if (!file.endsWith("unzip") && !Files.exists(link)) {
							Files.createSymbolicLink(link, file);
						}
					}
				}
			}
		}
		return environment.with(Map.of("PATH", this.programs.toString()));
	}

}
