package io.dapr.quickstarts.bindings.benchmark;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.dapr.quickstarts.bindings.benchmark.SystemUnderTest.Role;

/**
 * The time from {@code ./quickstart} to the first order that the consumer has handled.
 */
final class QuickstartStart implements Measurement {

	private static final Duration LIMIT = Duration.ofMinutes(2);

	@Override
	public void run(TestBed testBed, Systems systems, Scale scale, Results results) {
		var home = testBed.project().home();
		// Its logs go to the benchmark's folder, which is deleted.
		var environment = Map.of("JAVA_HOME", System.getProperty("java.home"), "TMPDIR", testBed.folder().toString(),
				"DAPRD", testBed.daprd().toString());
		var quickstart = new SystemUnderTest("./quickstart", Role.CONSUMER, home,
				List.of(home.resolve("quickstart").toString(), "--orders", "1", "--no-page"), environment);
		for (var round = 0; round < scale.rounds(); round++) {
			var begin = System.nanoTime();
			try (var running = testBed.start(quickstart, Map.of())) {
				var handled = running.awaitOrders(1, LIMIT);
				results.add("./quickstart to first order", "s", quickstart.name(), (handled.nanoTime() - begin) / 1e9);
				running.process().awaitExit(LIMIT);
			}
		}
	}

}
