package io.dapr.quickstarts.bindings.launcher;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where things lie in the checkout.
 *
 * @param home the folder that holds README.md
 * @param built the folder with what was built, the same or a copy
 */
public record Project(Path home, Path built) {

	/**
	 * Finds the checkout that this program was started in.
	 * @return the folder that the system property {@code quickstart.home} names, else the
	 * current one; {@code quickstart.built} names the copy, if there is one
	 */
	public static Project current() {
		var home = Path.of(System.getProperty("quickstart.home", ".")).toAbsolutePath().normalize();
		return new Project(home, Path.of(System.getProperty("quickstart.built", home.toString())));
	}

	/**
	 * The jar of an app.
	 * @param app consumer-app or producer-app
	 * @return its path
	 * @throws IllegalStateException if it was not built
	 */
	public Path jar(String app) {
		var jar = this.built.resolve(app).resolve("target").resolve(app + ".jar");
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
