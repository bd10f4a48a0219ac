package io.dapr.quickstarts.bindings.launcher;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where things lie in the checkout.
 *
 * @param home the folder that holds README.md
 */
public record Project(Path home) {

	/**
	 * Finds the checkout that this program was started in.
	 * @return the folder that the system property {@code quickstart.home} names, else the
	 * current one
	 */
	public static Project current() {
		return new Project(Path.of(System.getProperty("quickstart.home", ".")).toAbsolutePath().normalize());
	}

	/**
	 * The jar of an app.
	 * @param app consumer-app or producer-app
	 * @return its path
	 * @throws IllegalStateException if it was not built
	 */
	public Path jar(String app) {
		var jar = this.home.resolve(app).resolve("target").resolve(app + ".jar");
		if (!Files.isRegularFile(jar)) {
			throw new IllegalStateException(jar + " is missing; build it with ./mvnw package -DskipTests");
		}
		return jar;
	}

	/**
	 * The folder with the component files of a local run.
	 * @return its path
	 */
	public Path components() {
		return this.home.resolve("components");
	}

	/**
	 * The file with the Dapr Configuration of both sidecars.
	 * @return its path
	 */
	public Path configuration() {
		return this.home.resolve("config").resolve("configuration.yaml");
	}

	/**
	 * The folder with the Go module from which daprd can be built.
	 * @return its path
	 */
	public Path daprdModule() {
		return this.home.resolve("daprd");
	}

}
