package io.dapr.quickstarts.bindings.producer;

import java.util.Map;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

class SidecarTest {

	@ParameterizedTest
	@CsvSource({ "DAPR_HTTP_PORT, 1", "DAPR_GRPC_PORT, 65535", "DAPR_GRPC_PORT, ''" })
	void takesAPort(String name, String value) {
		assertThatNoException().isThrownBy(() -> Sidecar.check(Map.of(name, value)));
	}

	@ParameterizedTest
	@CsvSource({ "DAPR_HTTP_PORT, 0", "DAPR_GRPC_PORT, 65536", "DAPR_GRPC_PORT, abc" })
	void namesAWrongPort(String name, String value) {
		assertThatExceptionOfType(Settings.InvalidException.class).isThrownBy(() -> Sidecar.check(Map.of(name, value)))
			.withMessage("%s is \"%s\"; expected a whole number from 1 to 65535".formatted(name, value));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "http://127.0.0.1:3500", "https://dapr.example.com", "http://[::1]:3500/" })
	void takesAUrl(String endpoint) {
		assertThatNoException().isThrownBy(() -> Sidecar.check(Map.of("DAPR_HTTP_ENDPOINT", endpoint)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "abc", "127.0.0.1:3500", "localhost:3500", "ftp://localhost:3500", "http://",
			"http://localhost:abc", "http://localhost:65536", "http://local host:3500" })
	void namesAWrongUrl(String endpoint) {
		assertThatExceptionOfType(Settings.InvalidException.class)
			.isThrownBy(() -> Sidecar.check(Map.of("DAPR_HTTP_ENDPOINT", endpoint)))
			.withMessage(
					"DAPR_HTTP_ENDPOINT is \"%s\"; expected a URL such as http://127.0.0.1:3500".formatted(endpoint));
	}

	@ParameterizedTest
	@ValueSource(strings = { "127.0.0.1:50001", "http://127.0.0.1:65535", "dns://1.1.1.1/dapr.example.com:443?tls=true",
			"[::1]:50001", "dapr.example.com" })
	void takesAGrpcEndpoint(String endpoint) {
		assertThatNoException().isThrownBy(() -> Sidecar.check(Map.of("DAPR_GRPC_ENDPOINT", endpoint)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "127.0.0.1:65536", "http://127.0.0.1:99999999999", "https://[::1]:99999?tls=false" })
	void namesAGrpcPortThatIsTooLarge(String endpoint) {
		assertThatExceptionOfType(Settings.InvalidException.class)
			.isThrownBy(() -> Sidecar.check(Map.of("DAPR_GRPC_ENDPOINT", endpoint)))
			.withMessageStartingWith("DAPR_GRPC_ENDPOINT is \"" + endpoint + "\"; expected host:port");
	}

}
