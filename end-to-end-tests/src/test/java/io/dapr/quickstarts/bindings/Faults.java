package io.dapr.quickstarts.bindings;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.dapr.quickstarts.bindings.launcher.kafka.EmbeddedKafka;
import io.dapr.quickstarts.bindings.launcher.kafka.KafkaBroker;
import io.dapr.quickstarts.bindings.launcher.process.ManagedProcess;

import static org.awaitility.Awaitility.await;

/** Parts that fail for a while. */
final class Faults {

	private Faults() {
	}

	static void killAndRestart(ManagedProcess process, Duration down) {
		process.kill();
		pass(down);
		process.start();
	}

	static void killAndRestart(KafkaBroker kafka, Duration down) {
		kafka.kill();
		pass(down);
		kafka.start();
	}

	static void freeze(ManagedProcess process, Duration length) {
		process.freeze();
		pass(length);
		process.thaw();
	}

	static void freeze(KafkaBroker kafka, Duration length) {
		if (kafka instanceof EmbeddedKafka embedded) {
			freeze(embedded.process(), length);
		}
		else {
			// A container is paused.
			killAndRestart(kafka, length);
		}
	}

	/** A fault lasts a while: the time itself is the condition. */
	static void pass(Duration time) {
		var end = System.nanoTime() + time.toNanos();
		await().atMost(time.plusSeconds(30))
			.pollInterval(50, TimeUnit.MILLISECONDS)
			.until(() -> System.nanoTime() >= end);
	}

}
