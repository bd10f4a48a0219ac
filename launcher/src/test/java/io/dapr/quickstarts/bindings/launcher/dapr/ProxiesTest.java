package io.dapr.quickstarts.bindings.launcher.dapr;

import java.net.Authenticator;
import java.net.Authenticator.RequestorType;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.URI;
import java.util.Map;

import io.dapr.quickstarts.bindings.launcher.process.InvalidSettingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ProxiesTest {

	private static final URI RELEASES = URI.create("https://github.com/dapr/dapr");

	@ParameterizedTest
	@CsvSource({ "HTTPS_PROXY, http://proxy.example:3128, 3128", "https_proxy, proxy.example:3128, 3128",
			"ALL_PROXY, http://proxy.example, 80", "HTTPS_PROXY, http://user:p%40ss@proxy.example:3128/, 3128" })
	void areTheEnvironments(String name, String value, int port) {
		assertThat(new Proxies(Map.of(name, value)).select(RELEASES))
			.containsExactly(new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved("proxy.example", port)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "github.com", "localhost,github.com", "localhost, .github.com", "*.github.com", "*",
			"GitHub.com:443" })
	void areNotUsedForAnException(String exceptions) {
		var proxies = new Proxies(Map.of("HTTPS_PROXY", "http://proxy.example:3128", "NO_PROXY", exceptions));
		assertThat(proxies.select(RELEASES)).containsExactly(Proxy.NO_PROXY);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "hub.com", "api.github.com", "github.co" })
	void areUsedForAllElse(String exceptions) {
		var proxies = new Proxies(Map.of("HTTPS_PROXY", "http://proxy.example:3128", "NO_PROXY", exceptions));
		assertThat(proxies.select(RELEASES)).doesNotContain(Proxy.NO_PROXY);
	}

	@Test
	void getTheNameAndThePasswordOfTheirAddress() throws Exception {
		var authenticator = new Proxies(Map.of("HTTPS_PROXY", "http://user:p%40s%3As@proxy.example:3128"))
			.authenticator();
		var asked = ask(authenticator, RequestorType.PROXY);
		assertThat(asked.getUserName()).isEqualTo("user");
		assertThat(asked.getPassword()).containsExactly("p@s:s".toCharArray());
		assertThat(ask(authenticator, RequestorType.SERVER)).isNull();
	}

	private static PasswordAuthentication ask(Authenticator authenticator, RequestorType who) throws Exception {
		return authenticator.requestPasswordAuthenticationInstance("proxy.example", null, 3128, "http", "", "basic",
				RELEASES.toURL(), who);
	}

	@ParameterizedTest
	@ValueSource(strings = { "socks5://proxy.example:1080", "http://", "http://pro xy" })
	void areHttpProxies(String value) {
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> new Proxies(Map.of("HTTPS_PROXY", value)).select(RELEASES))
			.withMessageStartingWith("HTTPS_PROXY is \"" + value + "\"; expected the address of an HTTP proxy");
	}

}
