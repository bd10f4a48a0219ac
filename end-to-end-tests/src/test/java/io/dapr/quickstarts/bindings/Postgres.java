package io.dapr.quickstarts.bindings;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.dapr.quickstarts.bindings.launcher.Project;
import io.dapr.quickstarts.bindings.launcher.process.FreePorts;
import org.apache.commons.io.FileUtils;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.yaml.snakeyaml.Yaml;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * A real PostgreSQL server in processes of its own, which can be killed, frozen and
 * started again with the data that it had.
 */
final class Postgres implements AutoCloseable {

	/** Unpacked once for all tests; goes away with the build. */
	private static final File PROGRAMS = Path.of("target", "postgresql").toAbsolutePath().toFile();

	private final int port = FreePorts.any();

	private final Path data = TestKafka.temporaryFolder("postgres-").resolve("data");

	private EmbeddedPostgres server;

	/**
	 * The server refuses to run as root: then it runs as another user of a namespace of
	 * its own.
	 */
	Postgres() {
		assumeTrue(!System.getProperty("user.name").equals("root") || Commands.succeeds("unshare", "--user", "true"),
				"PostgreSQL does not run as root, and there are no user namespaces here");
	}

	/** Starts the server and waits until it answers. */
	void start() {
		try {
			this.server = EmbeddedPostgres.builder()
				.setPort(this.port)
				.setDataDirectory(this.data)
				.setCleanDataDirectory(false)
				.setOverrideWorkingDirectory(PROGRAMS)
				// Many tests may run at the same time.
				.setPGStartupWait(Installation.LIMIT)
				// What is committed survives that the server is killed, as by default.
				.setServerConfig("synchronous_commit", "on")
				.start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** The component for Kubernetes, but for the server's address and password. */
	String component() {
		var file = Project.current().home().resolve("deploy/overlays/postgresql/statestore.yaml");
		try {
			Map<String, Map<String, List<Map<String, Object>>>> component = new Yaml().load(Files.readString(file));
			var settings = component.get("spec").get("metadata");
			settings.removeIf((setting) -> setting.get("name").equals("password"));
			settings.stream()
				.filter((setting) -> setting.get("name").equals("connectionString"))
				.forEach((setting) -> setting.put("value",
						setting.get("value")
							.toString()
							.replace("host=postgresql port=5432 user=orders database=orders",
									"host=localhost port=%d user=postgres database=postgres".formatted(this.port))));
			return new Yaml().dump(component);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	void killAndRestart(Duration down) {
		var processes = processes();
		processes.get(0).destroyForcibly();
		// The others see that the first one is gone.
		processes.forEach((process) -> process.onExit().orTimeout(1, TimeUnit.MINUTES).join());
		stop();
		Faults.pass(down);
		start();
	}

	void freeze(Duration length) {
		processes().forEach((process) -> signal("STOP", process));
		Faults.pass(length);
		processes().forEach((process) -> signal("CONT", process));
	}

	/** Lets writers wait until the connection is closed; readers do not. */
	Connection lock() throws SQLException {
		var connection = this.server.getPostgresDatabase().getConnection();
		connection.setAutoCommit(false);
		try (var statement = connection.createStatement()) {
			statement.execute("LOCK TABLE state IN EXCLUSIVE MODE");
		}
		return connection;
	}

	/** How many writers wait for a lock. */
	static long waiting(Connection lock) throws SQLException {
		try (var statement = lock.createStatement();
				var count = statement.executeQuery("SELECT count(*) FROM pg_locks WHERE NOT granted")) {
			count.next();
			return count.getLong(1);
		}
	}

	/** The postmaster, and one process for each connection and task. */
	private List<ProcessHandle> processes() {
		try {
			var pid = Files.readAllLines(this.data.resolve("postmaster.pid")).get(0);
			var postmaster = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
			var processes = new ArrayList<>(List.of(postmaster));
			postmaster.descendants().forEach(processes::add);
			return processes;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** The shell has kill built in. */
	private static void signal(String signal, ProcessHandle process) {
		Commands.succeeds("sh", "-c", "kill -" + signal + " " + process.pid());
	}

	private void stop() {
		try {
			this.server.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Stops the server and deletes its data, 40 MB. */
	@Override
	public void close() {
		stop();
		try {
			FileUtils.deleteDirectory(this.data.toFile());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
