package io.dapr.quickstarts.bindings.consumer;

import java.util.Map;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

class SettingsTest {

	@ParameterizedTest
	@ValueSource(strings = { "0.0.0.0", "::", "::1", "127.0.0.1", "localhost" })
	void takesAnAddressOfThisMachine(String address) {
		assertThatNoException().isThrownBy(() -> Settings.check(Map.of("APP_ADDRESS", address)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "1", "65535" })
	void takesAPort(String port) {
		assertThatNoException().isThrownBy(() -> Settings.check(Map.of("APP_PORT", port)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "0", "65536", "-1", "abc", "3000 ", "tcp://10.0.0.1:80" })
	void namesAWrongPort(String port) {
		assertThatIllegalArgumentException().isThrownBy(() -> Settings.check(Map.of("APP_PORT", port)))
			.withMessage("APP_PORT is \"%s\"; expected a port from 1 to 65535".formatted(port));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "256.0.0.1", "192.0.2.1", "no such host" })
	void namesAWrongAddress(String address) {
		assertThatIllegalArgumentException().isThrownBy(() -> Settings.check(Map.of("APP_ADDRESS", address)))
			.withMessageStartingWith("APP_ADDRESS is \"%s\"; expected an address of this machine".formatted(address));
	}

}
