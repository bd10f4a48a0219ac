package io.dapr.quickstarts.bindings.consumer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.Map;

/** The settings that application.yaml takes from the environment. */
final class Settings {

	private Settings() {
	}

	/**
	 * Checks the port and the address of the server.
	 * @param environment the environment variables
	 * @throws IllegalArgumentException if one is wrong; the message names it, its value
	 * and what was expected
	 */
	static void check(Map<String, String> environment) {
		var port = environment.get("APP_PORT");
		if (port != null && !isPort(port)) {
			throw new IllegalArgumentException("APP_PORT is \"%s\"; expected a port from 1 to 65535".formatted(port));
		}
		var address = environment.get("APP_ADDRESS");
		if (address != null && !isOfThisMachine(address)) {
			throw new IllegalArgumentException(
					"APP_ADDRESS is \"%s\"; expected an address of this machine, such as 127.0.0.1, or 0.0.0.0 for all"
						.formatted(address));
		}
	}

	private static boolean isPort(String text) {
		return text.matches("[0-9]{1,5}") && Integer.parseInt(text) >= 1 && Integer.parseInt(text) <= 65_535;
	}

	private static boolean isOfThisMachine(String text) {
		try {
			var address = InetAddress.getByName(text);
			return !text.isBlank() && (address.isAnyLocalAddress() || address.isLoopbackAddress()
					|| NetworkInterface.getByInetAddress(address) != null);
		}
		catch (IOException ex) {
			return false;
		}
	}

}
