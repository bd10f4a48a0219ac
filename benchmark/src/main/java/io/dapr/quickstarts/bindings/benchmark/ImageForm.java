package io.dapr.quickstarts.bindings.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.dapr.quickstarts.bindings.launcher.Apps;
import io.dapr.quickstarts.bindings.launcher.process.FreePorts;
import io.dapr.quickstarts.bindings.launcher.process.Wait;

/**
 * Makes what the images hold, without a container: the apps taken apart, each with a
 * cache from a first run, started as their Dockerfiles say.
 */
final class ImageForm {

	/** The version of Java from which on a cache keeps profiles as well as classes. */
	static final int JAVA = 25;

	/** As many as the consumer's Dockerfile sends. */
	private static final int TRAINING_REQUESTS = 10_000;

	private static final Duration LIMIT = Duration.ofSeconds(60);

	/** The producer finds no sidecar when its image is built: it waits for one. */
	private static final Duration PRODUCER_TRAINING = Duration.ofSeconds(10);

	private final Workbench workbench;

	private final Path folder;

	ImageForm(Workbench workbench) {
		this.workbench = workbench;
		this.folder = workbench.folder().resolve("image");
	}

	/**
	 * Makes the form.
	 * @param notes takes the sizes of the caches and jars
	 * @return the form
	 */
	AppForm make(List<String> notes) {
		try {
			this.workbench.say("making what the images hold: the apps taken apart, each trained for its cache");
			// It waits most of its time, so that both fit side by side.
			var producer = CompletableFuture.supplyAsync(this::producer);
			var consumer = consumer();
			var form = AppForm.of("as in the image", consumer, producer.get(LIMIT.toSeconds(), TimeUnit.SECONDS));
			notes.add(sizes(Apps.CONSUMER));
			notes.add(sizes(Apps.PRODUCER));
			return form;
		}
		catch (IOException | ExecutionException | TimeoutException ex) {
			throw new IllegalStateException("Cannot lay out the apps as in their images: " + ex.getMessage(), ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted", ex);
		}
	}

	private AppForm.Start consumer() throws IOException {
		var target = Files.createDirectories(this.folder.resolve(Apps.CONSUMER));
		var jar = this.workbench.project().jar(Apps.CONSUMER).toString();
		run(new Subject("the taking apart of " + jar, this.folder, List.of(Workbench.java().toString(),
				"-Djarmode=tools", "-jar", jar, "extract", "--force", "--destination", target.toString()), "", 1));
		var entryPoint = entryPoint(Apps.CONSUMER);
		var port = FreePorts.any();
		try (var training = this.workbench.start(subject(Apps.CONSUMER, entryPoint.training()),
				Map.of("APP_PORT", Integer.toString(port)))) {
			Wait.until("the consumer in training listens", LIMIT, () -> Port.isOpen(port));
			for (var order = 1; order <= TRAINING_REQUESTS; order++) {
				FirstOrder.post(port, order);
			}
			training.stop(LIMIT);
		}
		return new AppForm.Start(target, command(entryPoint));
	}

	private AppForm.Start producer() {
		var target = this.folder.resolve(Apps.PRODUCER);
		copyProducer(target);
		var entryPoint = entryPoint(Apps.PRODUCER);
		var nobody = Integer.toString(FreePorts.any());
		try (var training = this.workbench.start(subject(Apps.PRODUCER, entryPoint.training()),
				Map.of("DAPR_HTTP_PORT", nobody, "DAPR_GRPC_PORT", nobody))) {
			Thread.sleep(PRODUCER_TRAINING.toMillis());
			training.stop(LIMIT);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted", ex);
		}
		return new AppForm.Start(target, command(entryPoint));
	}

	private void copyProducer(Path target) {
		var jar = this.workbench.project().jar(Apps.PRODUCER);
		try (var libraries = Files.newDirectoryStream(jar.resolveSibling("lib"))) {
			var lib = Files.createDirectories(target.resolve("lib"));
			Files.copy(jar, target.resolve(jar.getFileName()));
			for (var library : libraries) {
				Files.copy(library, lib.resolve(library.getFileName()));
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Cannot copy " + jar, ex);
		}
	}

	private EntryPoint entryPoint(String app) {
		return EntryPoint.read(this.workbench.project().home().resolve(app).resolve("Dockerfile"));
	}

	private Subject subject(String app, EntryPoint entryPoint) {
		return new Subject(app + " in training", this.folder.resolve(app), command(entryPoint), "", 1);
	}

	private static List<String> command(EntryPoint entryPoint) {
		var command = new ArrayList<>(List.of(Workbench.java().toString()));
		command.addAll(entryPoint.arguments());
		return command;
	}

	private void run(Subject program) {
		try (var process = this.workbench.start(program, Map.of())) {
			process.awaitEnd(LIMIT);
		}
	}

	private String sizes(String app) throws IOException {
		var entryPoint = entryPoint(app);
		var target = this.folder.resolve(app);
		var cache = target.resolve(entryPoint.cache());
		if (!Files.isRegularFile(cache)) {
			throw new IllegalStateException(
					"The training of " + app + " left no cache; see the logs in " + this.workbench.folder());
		}
		try (var files = Files.walk(target)) {
			var jars = files.filter((file) -> file.toString().endsWith(".jar"))
				.mapToLong((file) -> file.toFile().length())
				.sum();
			return "%s in its image: jars %.1f MB, cache %.1f MB; java %s".formatted(app, jars / 1e6,
					Files.size(cache) / 1e6, String.join(" ", entryPoint.arguments()));
		}
	}

}
