package io.dapr.quickstarts.bindings;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** Small programs of the operating system. */
final class Commands {

	private Commands() {
	}

	/** Runs a command to its end; one that does not exist does not succeed either. */
	static boolean succeeds(String... command) {
		try {
			var process = new ProcessBuilder(command).redirectErrorStream(true)
				.redirectOutput(ProcessBuilder.Redirect.DISCARD)
				.start();
			return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
		}
		catch (IOException ex) {
			return false;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

}
