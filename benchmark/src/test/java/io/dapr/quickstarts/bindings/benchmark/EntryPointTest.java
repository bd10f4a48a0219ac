package io.dapr.quickstarts.bindings.benchmark;

import java.io.IOException;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class EntryPointTest {

	private static final String DOCKERFILE = """
			FROM some-jre AS build
			RUN java -version
			FROM some-jre
			ENTRYPOINT ["java", "-XX:+UseSerialGC", \\
			    "-XX:AOTCache=app.aot", "-jar", "app.jar"]
			""";

	@Test
	void readsWhatTheImageStarts() throws IOException {
		var entryPoint = EntryPoint.parse(DOCKERFILE);

		assertThat(entryPoint.arguments()).containsExactly("-XX:+UseSerialGC", "-XX:AOTCache=app.aot", "-jar",
				"app.jar");
		assertThat(entryPoint.cache()).isEqualTo("app.aot");
	}

	@Test
	void makesTheCacheWithTheSameFlags() throws IOException {
		assertThat(EntryPoint.parse(DOCKERFILE).training().arguments()).containsExactly("-XX:+UseSerialGC",
				"-XX:AOTCacheOutput=app.aot", "-jar", "app.jar");
	}

	@Test
	void namesAFileThatItCannotRead() {
		assertThatIllegalStateException().isThrownBy(() -> EntryPoint.read(Path.of("missing", "Dockerfile")))
			.withMessageContaining("missing")
			.withMessageContaining("expected ENTRYPOINT");
	}

}
