package io.dapr.quickstarts.bindings.producer;

import java.net.ConnectException;

import io.dapr.exceptions.DaprException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class FailureTest {

	@Test
	void addsTheOriginInOneLine() {
		var failure = new IllegalStateException("UNAVAILABLE: io\nexception",
				new ConnectException("Connection refused"));
		assertThat(Failure.describe(failure)).isEqualTo("UNAVAILABLE: io exception: Connection refused");
	}

	@Test
	void doesNotRepeatItself() {
		assertThat(Failure.describe(new IllegalStateException("no broker", new IllegalStateException("no broker"))))
			.isEqualTo("no broker");
	}

	@Test
	void namesTheKindOfAFailureWithoutMessage() {
		assertThat(Failure.describe(new StackOverflowError())).isEqualTo("java.lang.StackOverflowError");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					couldn't find output binding sample-topic                         | Does the sidecar load components/kafka_bindings.yaml?
					kafka server: Message was too large, server rejected it           | Check the topic's max.message.bytes.
					Attempt to produce message larger than configured Producer.MaxMessageBytes: 105 > 1 | Check maxMessageBytes of the component.
					UNAUTHENTICATED: authentication error                             | Check DAPR_API_TOKEN.
					""")
	void saysWhatToDoAboutWhatIsPermanent(String message, String advice) {
		assertThat(Failure.advice(daprException(message))).hasValue(advice);
	}

	@ParameterizedTest
	@ValueSource(strings = { "UNAVAILABLE: io exception", "kafka: client has run out of available brokers",
			"kafka server: The client is not authorized to access this topic" })
	void whatMayPassIsNotPermanent(String message) {
		assertThat(Failure.advice(daprException(message))).isEmpty();
	}

	private static DaprException daprException(String message) {
		return new DaprException("INTERNAL", message, new byte[0], 500);
	}

}
