package io.dapr.quickstarts.bindings.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.dapr.quickstarts.bindings.benchmark.SystemUnderTest.Role;
import io.dapr.quickstarts.bindings.launcher.Apps;
import io.dapr.quickstarts.bindings.launcher.process.FreePorts;
import org.apache.commons.io.file.PathUtils;

/**
 * Lays out the apps as their Dockerfiles do, without a container: with the libraries
 * beside the jar, the flags of jvm.options, and an ahead-of-time cache from a training
 * run.
 */
final class ImageLayout {

	/** The first version of Java whose cache holds profiles as well as classes. */
	static final int JAVA = 25;

	private static final String NAME = "as in the image";

	/** As many as the consumer's Dockerfile sends. */
	private static final int TRAINING_REQUESTS = 10_000;

	private static final Duration LIMIT = Duration.ofSeconds(60);

	/** In the build of its image the producer finds no sidecar, and waits for one. */
	private static final Duration PRODUCER_TRAINING = Duration.ofSeconds(10);

	private final TestBed testBed;

	ImageLayout(TestBed testBed) {
		this.testBed = testBed;
	}

	/**
	 * Lays out both apps.
	 * @param notes takes the sizes of jars and caches
	 * @return the apps in this form
	 */
	Systems.Form create(List<String> notes) {
		this.testBed.say("laying out the apps as in their images, with a training run each");
		copy(Apps.CONSUMER);
		copy(Apps.PRODUCER);
		trainConsumer();
		trainProducer();
		notes.add(sizes(Apps.CONSUMER));
		notes.add(sizes(Apps.PRODUCER));
		return new Systems.Form(NAME, app(Role.CONSUMER, Apps.CONSUMER, "AOTCache"),
				app(Role.PRODUCER, Apps.PRODUCER, "AOTCache"));
	}

	private Path folder(String app) {
		return this.testBed.folder().resolve("image").resolve(app);
	}

	private void copy(String app) {
		var jar = this.testBed.project().jar(app);
		var target = folder(app);
		try {
			PathUtils.copyDirectory(jar.resolveSibling("lib"), Files.createDirectories(target).resolve("lib"));
			Files.copy(jar, target.resolve(jar.getFileName()));
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Cannot copy " + jar + ": " + ex.getMessage(), ex);
		}
	}

	private void trainConsumer() {
		var port = FreePorts.any();
		try (var training = this.testBed.start(app(Role.CONSUMER, Apps.CONSUMER, "AOTCacheOutput"),
				Map.of("APP_PORT", Integer.toString(port)))) {
			training.awaitPort(port, LIMIT);
			for (var order = 1; order <= TRAINING_REQUESTS; order++) {
				OrderPost.send(port, order);
			}
			training.process().stop(LIMIT);
		}
	}

	private void trainProducer() {
		var unusedPort = Integer.toString(FreePorts.any());
		try (var training = this.testBed.start(app(Role.PRODUCER, Apps.PRODUCER, "AOTCacheOutput"),
				Map.of("DAPR_HTTP_PORT", unusedPort, "DAPR_GRPC_PORT", unusedPort))) {
			training.process().awaitExit(PRODUCER_TRAINING);
			training.process().stop(LIMIT);
		}
	}

	private SystemUnderTest app(Role role, String app, String cacheFlag) {
		var options = this.testBed.project().home().resolve(app).resolve("jvm.options");
		return SystemUnderTest.java(app + ", " + NAME, role, folder(app), "@" + options,
				"-XX:%s=%s.aot".formatted(cacheFlag, app), "-jar", app + ".jar");
	}

	private String sizes(String app) {
		try (var files = Files.walk(folder(app))) {
			var jars = files.filter((file) -> file.toString().endsWith(".jar"))
				.mapToLong((file) -> file.toFile().length())
				.sum();
			return "%s in its image: jars %.1f MB, cache %.1f MB".formatted(app, jars / 1e6,
					Files.size(folder(app).resolve(app + ".aot")) / 1e6);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The training run of " + app + " left no cache: " + ex.getMessage(), ex);
		}
	}

}
