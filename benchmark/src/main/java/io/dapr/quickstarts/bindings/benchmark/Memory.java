package io.dapr.quickstarts.bindings.benchmark;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The memory of the apps that is in RAM: idle, after their orders, and at rest again.
 * Each round starts them anew.
 */
final class Memory implements Item {

	static final String NAME = "memory";

	private static final Duration REST = Duration.ofSeconds(5);

	@Override
	public List<Figure> measure(Workbench workbench, Subjects subjects, Scale scale) {
		var consumers = new ArrayList<Subject>();
		var producers = new ArrayList<Subject>();
		for (var form : subjects.forms(scale)) {
			consumers.add(form.consumer());
			producers.add(form.producer());
		}
		subjects.node().ifPresent(consumers::add);
		subjects.python().ifPresent(producers::add);
		var rounds = new Rounds();
		for (var round = 1; round <= scale.rounds(); round++) {
			workbench.say("memory, round %d of %d".formatted(round, scale.rounds()));
			consumers.forEach((consumer) -> consume(workbench, consumer, scale, rounds));
			producers.forEach((producer) -> produce(workbench, producer, scale, rounds));
		}
		return rounds.figures(NAME);
	}

	private static void consume(Workbench workbench, Subject consumer, Scale scale, Rounds rounds) {
		try (var run = new DrainRun(workbench, consumer, 1)) {
			rest();
			rounds.add(consumer.name() + ": idle", "MiB", run.residentMebibytes());
			run.round(scale.drained(), 0);
			var orders = "%,d orders".formatted(scale.drained());
			rounds.add(consumer.name() + ": after " + orders, "MiB", run.residentMebibytes());
			rest();
			rounds.add(consumer.name() + ": at rest after " + orders, "MiB", run.residentMebibytes());
		}
	}

	private static void produce(Workbench workbench, Subject producer, Scale scale, Rounds rounds) {
		if (subjectPauses(producer)) {
			try (var process = workbench.start(producer, Sending.environment(workbench.producerSidecar(), 0, 60_000))) {
				process.await((count) -> count >= 1, Duration.ofSeconds(60));
				rest();
				rounds.add(producer.name() + ": idle", "MiB", process.residentMebibytes());
			}
		}
		rounds.add(producer.name() + ": after %,d orders".formatted(scale.sent()), "MiB",
				Sending.run(workbench, workbench.producerSidecar(), producer, scale.sent()).residentMebibytes());
	}

	/** The Python producer has no pauses, and so is never idle. */
	private static boolean subjectPauses(Subject producer) {
		return !producer.command().get(0).equals("python3");
	}

	private static void rest() {
		try {
			Thread.sleep(REST.toMillis());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted", ex);
		}
	}

}
