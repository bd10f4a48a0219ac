package io.dapr.quickstarts.bindings.producer;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class SettingsTest {

	@Test
	void hasDefaults() {
		assertThat(Settings.from(Map.of("ORDERS", ""))).isEqualTo(new Settings(Duration.ofSeconds(1), 0, 1));
	}

	@Test
	void readsTheEnvironment() {
		assertThat(Settings.from(Map.of("ORDER_INTERVAL_MS", "0", "ORDERS", "10", "ORDERS_IN_FLIGHT", "4")))
			.isEqualTo(new Settings(Duration.ZERO, 10, 4));
	}

	@ParameterizedTest
	@CsvSource({ "ORDER_INTERVAL_MS, abc, 0 to 86400000", "ORDER_INTERVAL_MS, -1, 0 to 86400000",
			"ORDER_INTERVAL_MS, 86400001, 0 to 86400000", "ORDERS, 1.5, 0 to 1000000000000000",
			"ORDERS, 99999999999999999999, 0 to 1000000000000000", "ORDERS_IN_FLIGHT, 0, 1 to 1000" })
	void namesAWrongNumber(String name, String value, String range) {
		assertThatExceptionOfType(Settings.InvalidException.class).isThrownBy(() -> Settings.from(Map.of(name, value)))
			.withMessage("%s is \"%s\"; expected a whole number from %s".formatted(name, value, range));
	}

}
