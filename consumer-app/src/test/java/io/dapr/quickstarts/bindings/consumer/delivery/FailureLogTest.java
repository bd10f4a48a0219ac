package io.dapr.quickstarts.bindings.consumer.delivery;

import java.time.Duration;
import java.time.Instant;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class FailureLogTest {

	private static final Throwable FAILURE = new IllegalStateException("no database");

	private Instant now = Instant.EPOCH;

	private final MeterRegistry metrics = new SimpleMeterRegistry();

	private final FailureLog failures = new FailureLog(() -> this.now, this.metrics);

	@Test
	void writesTheStackTraceOnceForEachRecord(CapturedOutput output) {
		repeat(59, "12");
		assertThat(output.getAll())
			.containsOnlyOnce("Could not handle the record at offset 12 of partition 0 of sample")
			.containsOnlyOnce("at " + FailureLogTest.class.getName());
		repeat(1, "13");
		assertThat(output.getAll())
			.containsOnlyOnce("Could not handle the record at offset 13 of partition 0 of sample");
	}

	@Test
	void aKnownReasonNeedsNoStackTrace(CapturedOutput output) {
		this.failures.log(new Delivery(new byte[0], "a", "sample", "0", "12", "100"),
				new ResponseStatusException(HttpStatus.SERVICE_UNAVAILABLE, "no store", FAILURE));
		assertThat(output.getOut().strip()).endsWith("it will be delivered again: no store");
	}

	@Test
	void aStatusWithoutAReasonNeedsOne(CapturedOutput output) {
		this.failures.log(new Delivery(new byte[0], "a", "sample", "0", "12", "100"),
				new ResponseStatusException(HttpStatus.SERVICE_UNAVAILABLE, null, FAILURE));
		assertThat(output.getOut()).contains("Caused by: " + FAILURE);
	}

	@Test
	void countsTheAttemptsEach30Seconds(CapturedOutput output) {
		repeat(121, "12");
		assertThat(output.getOut().lines().filter((line) -> line.contains(" attempts: "))).hasSize(2)
			.first()
			.asString()
			.endsWith("Could not handle the record at offset 12 of partition 0 of sample in 61 attempts: "
					+ "java.lang.IllegalStateException: no database");
		assertThat(this.metrics.counter("orders.failed").count()).isEqualTo(121);
	}

	@Test
	void partitionsAreApart(CapturedOutput output) {
		for (var repetition = 0; repetition < 3; repetition++) {
			this.failures.log(new Delivery(new byte[0], "a", "sample", "0", "12", "100"), FAILURE);
			this.failures.log(new Delivery(new byte[0], "b", "sample", "1", "12", "100"), FAILURE);
		}
		assertThat(output.getOut().lines().filter((line) -> line.contains("Could not handle"))).hasSize(2);
	}

	@Test
	void writesEachFailureOfWhatTheSidecarDidNotDeliver(CapturedOutput output) {
		repeat(2, null);
		assertThat(output.getOut().lines().filter((line) -> line.contains("Could not handle"))).hasSize(2);
	}

	/** As the sidecar does it, twice a second. */
	private void repeat(int times, String offset) {
		for (var repetition = 0; repetition < times; repetition++) {
			this.failures.log(new Delivery(new byte[0], "a", "sample", "0", offset, "100"), FAILURE);
			this.now = this.now.plus(Duration.ofMillis(500));
		}
	}

}
