package io.dapr.quickstarts.bindings.producer;

import java.net.ConnectException;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FailuresTest {

	@Test
	void addsTheOriginInOneLine() {
		var failure = new IllegalStateException("UNAVAILABLE: io\nexception",
				new ConnectException("Connection refused"));
		assertThat(Failures.describe(failure)).isEqualTo("UNAVAILABLE: io exception: Connection refused");
	}

	@Test
	void doesNotRepeatItself() {
		assertThat(Failures.describe(new IllegalStateException("no broker", new IllegalStateException("no broker"))))
			.isEqualTo("no broker");
	}

}
