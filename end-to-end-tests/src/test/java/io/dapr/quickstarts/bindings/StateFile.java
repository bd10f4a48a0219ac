package io.dapr.quickstarts.bindings;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;

/** The file of the embedded state store, as another program sees it. */
final class StateFile {

	private StateFile() {
	}

	/** Holds the file locked, so that the sidecar can't write to it. */
	static void lock(Path file, Duration length) {
		try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
			execute(connection, "BEGIN EXCLUSIVE");
			Faults.pass(length);
			execute(connection, "ROLLBACK");
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void execute(Connection connection, String sql) throws SQLException {
		try (var statement = connection.createStatement()) {
			statement.execute(sql);
		}
	}

}
