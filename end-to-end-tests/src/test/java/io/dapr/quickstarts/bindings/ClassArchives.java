package io.dapr.quickstarts.bindings;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

import io.dapr.quickstarts.bindings.launcher.Apps;
import io.dapr.quickstarts.bindings.launcher.Project;
import io.dapr.quickstarts.bindings.launcher.process.ChildEnvironment;
import io.dapr.quickstarts.bindings.launcher.process.FreePorts;
import io.dapr.quickstarts.bindings.launcher.process.JavaCommand;
import io.dapr.quickstarts.bindings.launcher.process.ManagedProcess;

/**
 * Archives of the apps' classes. The tests start the apps hundreds of times, with them in
 * half the CPU time.
 */
final class ClassArchives {

	/** The JVM writes the archive when it ends. */
	private static final Duration STOP_LIMIT = Duration.ofMinutes(2);

	private ClassArchives() {
	}

	/**
	 * Makes them anew: the apps may have been built again. A JVM that cannot make them
	 * starts the apps as usual.
	 */
	static void make() {
		make(Apps.CONSUMER, "Consumer app listening", List.of("-Dspring.aot.enabled=true"));
		make(Apps.PRODUCER, "Waiting for the Dapr sidecar", List.of());
	}

	private static void make(String app, String ready, List<String> options) {
		var archive = Project.classArchive(app).orElseThrow();
		archive.getParent().toFile().mkdirs();
		// 140 MB, which the next run would make anew.
		archive.toFile().deleteOnExit();
		var nobody = Integer.toString(FreePorts.any());
		var lines = new CopyOnWriteArrayList<String>();
		var command = Stream.concat(options.stream(), Stream.of("-XX:TieredStopAtLevel=1",
				"-XX:ArchiveClassesAtExit=" + archive, "-jar", Project.current().jar(app).toString()));
		var process = new ManagedProcess(app, JavaCommand.of(command.toArray(String[]::new)),
				ChildEnvironment.local()
					.with(Map.of("APP_PORT", Integer.toString(FreePorts.any()), "DAPR_HTTP_PORT", nobody,
							"DAPR_GRPC_PORT", nobody)),
				archive.resolveSibling(app + ".log"), lines::add);
		process.start();
		try {
			process.await("is ready", Installation.LIMIT,
					() -> lines.stream().anyMatch((line) -> line.contains(ready)));
		}
		finally {
			process.stop(STOP_LIMIT);
		}
	}

}
