package io.dapr.quickstarts.bindings.launcher.dapr;

import java.io.IOException;
import java.net.Authenticator;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import io.dapr.quickstarts.bindings.launcher.process.InvalidSettingException;

/**
 * The proxies that the user's environment names as most programs read it (HTTPS_PROXY,
 * NO_PROXY). Java reads system properties only, which count where no variable is set.
 */
final class Proxies extends ProxySelector {

	private final Map<String, String> environment;

	Proxies(Map<String, String> environment) {
		this.environment = environment;
	}

	@Override
	public List<Proxy> select(URI uri) {
		if (isExcepted(uri.getHost())) {
			return List.of(Proxy.NO_PROXY);
		}
		return address(uri.getScheme())
			.map((proxy) -> List
				.of(new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(proxy.getHost(), port(proxy)))))
			.orElseGet(() -> ProxySelector.getDefault().select(uri));
	}

	/** Answers a proxy that asks for a name and a password with those of its address. */
	Authenticator authenticator() {
		return new Authenticator() {
			@Override
			protected PasswordAuthentication getPasswordAuthentication() {
				var user = address(getRequestingURL().getProtocol()).map(URI::getUserInfo);
				if (getRequestorType() != RequestorType.PROXY || user.isEmpty()) {
					return null;
				}
				var parts = user.get().split(":", 2);
				return new PasswordAuthentication(parts[0], (parts.length > 1 ? parts[1] : "").toCharArray());
			}
		};
	}

	private Optional<URI> address(String scheme) {
		return Stream.of(scheme + "_proxy", scheme.toUpperCase(Locale.ROOT) + "_PROXY", "all_proxy", "ALL_PROXY")
			.filter((name) -> !this.environment.getOrDefault(name, "").isBlank())
			.map((name) -> parse(name, this.environment.get(name).strip()))
			.findFirst();
	}

	private static URI parse(String name, String value) {
		try {
			var proxy = URI.create(value.contains("://") ? value : "http://" + value);
			if (proxy.getHost() != null && proxy.getScheme().startsWith("http")) {
				return proxy;
			}
		}
		catch (IllegalArgumentException ex) {
			// Told below.
		}
		throw new InvalidSettingException(
				"%s is \"%s\"; expected the address of an HTTP proxy, such as http://proxy.example:3128".formatted(name,
						value));
	}

	private static int port(URI proxy) {
		return (proxy.getPort() >= 0) ? proxy.getPort() : 80;
	}

	private boolean isExcepted(String host) {
		var exceptions = this.environment.getOrDefault("no_proxy", this.environment.getOrDefault("NO_PROXY", ""));
		return Stream.of(exceptions.split("[,\\s]+"))
			.map((name) -> name.replaceFirst("^\\*?\\.", "").replaceFirst(":\\d+$", ""))
			.anyMatch((name) -> name.equals("*") || host.equalsIgnoreCase(name)
					|| !name.isEmpty() && host.toLowerCase(Locale.ROOT).endsWith("." + name.toLowerCase(Locale.ROOT)));
	}

	@Override
	public void connectFailed(URI uri, SocketAddress address, IOException failure) {
		// The request fails too, and says so.
	}

}
