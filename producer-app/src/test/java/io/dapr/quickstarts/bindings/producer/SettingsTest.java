package io.dapr.quickstarts.bindings.producer;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

class SettingsTest {

	@Test
	void hasDefaults() {
		assertThat(Settings.from(Map.of("ORDERS", ""))).isEqualTo(new Settings(Duration.ofSeconds(1), 0, 1));
	}

	@Test
	void readsTheEnvironment() {
		assertThat(Settings.from(Map.of("ORDER_INTERVAL_MS", "0", "ORDERS", "10", "ORDERS_IN_FLIGHT", "4",
				"DAPR_HTTP_PORT", "1", "DAPR_GRPC_PORT", "65535")))
			.isEqualTo(new Settings(Duration.ZERO, 10, 4));
	}

	@ParameterizedTest
	@CsvSource({ "ORDER_INTERVAL_MS, abc, 0 to 86400000", "ORDER_INTERVAL_MS, -1, 0 to 86400000",
			"ORDER_INTERVAL_MS, 86400001, 0 to 86400000", "ORDERS, 1.5, 0 to 1000000000000000",
			"ORDERS, 99999999999999999999, 0 to 1000000000000000", "ORDERS_IN_FLIGHT, 0, 1 to 1000",
			"DAPR_HTTP_PORT, 0, 1 to 65535", "DAPR_GRPC_PORT, 65536, 1 to 65535" })
	void namesAWrongNumber(String name, String value, String range) {
		assertThatExceptionOfType(Settings.InvalidException.class).isThrownBy(() -> Settings.from(Map.of(name, value)))
			.withMessage("%s is \"%s\"; expected a whole number from %s".formatted(name, value, range));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "http://127.0.0.1:3500", "https://dapr.example.com", "http://[::1]:3500/" })
	void takesAUrl(String endpoint) {
		assertThatNoException().isThrownBy(() -> Settings.from(Map.of("DAPR_HTTP_ENDPOINT", endpoint)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "abc", "127.0.0.1:3500", "localhost:3500", "ftp://localhost:3500", "http://",
			"http://localhost:abc", "http://localhost:65536", "http://local host:3500" })
	void namesAWrongUrl(String endpoint) {
		assertThatExceptionOfType(Settings.InvalidException.class)
			.isThrownBy(() -> Settings.from(Map.of("DAPR_HTTP_ENDPOINT", endpoint)))
			.withMessage(
					"DAPR_HTTP_ENDPOINT is \"%s\"; expected a URL such as http://127.0.0.1:3500".formatted(endpoint));
	}

	@ParameterizedTest
	@ValueSource(strings = { "127.0.0.1:50001", "http://127.0.0.1:65535", "dns://1.1.1.1/dapr.example.com:443?tls=true",
			"[::1]:50001", "dapr.example.com" })
	void takesAGrpcEndpoint(String endpoint) {
		assertThatNoException().isThrownBy(() -> Settings.from(Map.of("DAPR_GRPC_ENDPOINT", endpoint)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "127.0.0.1:65536", "http://127.0.0.1:99999999999", "https://[::1]:99999?tls=false" })
	void namesAGrpcPortThatIsTooLarge(String endpoint) {
		assertThatExceptionOfType(Settings.InvalidException.class)
			.isThrownBy(() -> Settings.from(Map.of("DAPR_GRPC_ENDPOINT", endpoint)))
			.withMessageStartingWith("DAPR_GRPC_ENDPOINT is \"" + endpoint + "\"; expected host:port");
	}

}
