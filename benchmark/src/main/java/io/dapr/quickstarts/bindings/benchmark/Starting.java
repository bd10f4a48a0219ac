package io.dapr.quickstarts.bindings.benchmark;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.dapr.quickstarts.bindings.launcher.process.FreePorts;

/**
 * How long the apps take from the start of their process to their first order. The
 * benchmark posts the consumer's first order itself: a sidecar asks only once a second
 * whether the app is there, which would hide the difference. The producer's goes to a
 * real sidecar.
 */
final class Starting implements Item {

	static final String NAME = "start";

	private static final Duration LIMIT = Duration.ofSeconds(60);

	@Override
	public List<Figure> measure(Workbench workbench, Subjects subjects, Scale scale) {
		var rounds = new Rounds();
		for (var round = 0; round <= scale.rounds(); round++) {
			for (var form : subjects.forms()) {
				var consumer = consumer(workbench, form.consumer());
				var producer = producer(workbench, form.producer());
				if (round == 0) {
					// Brings the files into the system's memory for all.
					continue;
				}
				rounds.add(form.consumer().name() + ": port open", "s", consumer.open());
				rounds.add(form.consumer().name() + ": first order handled", "s", consumer.handled());
				rounds.add(form.producer().name() + ": first order accepted", "s", producer);
				workbench.say("start, round %d of %d, %s: consumer %s s, producer %s s".formatted(round, scale.rounds(),
						form.name(), Numbers.format(consumer.handled()), Numbers.format(producer)));
			}
			if (round > 0) {
				subjects.node()
					.ifPresent((node) -> rounds.add(node.name() + ": first order handled", "s",
							consumer(workbench, node).handled()));
				subjects.python()
					.ifPresent((python) -> rounds.add(python.name() + ": first order accepted", "s",
							producer(workbench, python)));
			}
		}
		var figures = new ArrayList<>(rounds.figures(NAME));
		var plain = subjects.forms().get(0);
		if (subjects.best() != plain) {
			figures.add(Figure.ratio(NAME, "consumer-app, first order handled: as in the image : java -jar",
					rounds.of(subjects.best().consumer().name() + ": first order handled"),
					rounds.of(plain.consumer().name() + ": first order handled")));
			figures.add(Figure.ratio(NAME, "producer-app, first order accepted: as in the image : java -jar",
					rounds.of(subjects.best().producer().name() + ": first order accepted"),
					rounds.of(plain.producer().name() + ": first order accepted")));
		}
		return figures;
	}

	private static Started consumer(Workbench workbench, Subject consumer) {
		var port = FreePorts.any();
		var begin = System.nanoTime();
		try (var process = workbench.start(consumer, Map.of("APP_PORT", Integer.toString(port)))) {
			while (!Port.isOpen(port)) {
				if (!process.isAlive() || System.nanoTime() - begin > LIMIT.toNanos()) {
					throw new IllegalStateException(
							consumer.name() + " did not open its port; see the logs in " + workbench.folder());
				}
				MeasuredProcess.pause();
			}
			var open = System.nanoTime();
			FirstOrder.post(port, 1);
			return new Started((open - begin) / 1e9, (System.nanoTime() - begin) / 1e9);
		}
	}

	private static double producer(Workbench workbench, Subject producer) {
		var begin = System.nanoTime();
		try (var process = workbench.start(producer, Sending.environment(workbench.producerSidecar(), 1, 0))) {
			return (process.await((count) -> count >= 1, LIMIT).nanoTime() - begin) / 1e9;
		}
	}

	/**
	 * How long a consumer took, from the start of its process.
	 *
	 * @param open until its port was open, in seconds
	 * @param handled until its first order was handled, in seconds
	 */
	private record Started(double open, double handled) {
	}

}
