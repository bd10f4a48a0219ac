package io.dapr.quickstarts.bindings.launcher.process;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BackgroundTest {

	@Test
	void tasksMayWaitForEachOther() {
		var tasks = 2 * Runtime.getRuntime().availableProcessors() + 1;
		var together = new CyclicBarrier(tasks);
		var runs = IntStream.range(0, tasks).mapToObj((task) -> Background.run(() -> await(together)));
		assertThat(CompletableFuture.allOf(runs.toArray(CompletableFuture[]::new))).succeedsWithin(20,
				TimeUnit.SECONDS);
	}

	private static void await(CyclicBarrier barrier) {
		try {
			barrier.await(10, TimeUnit.SECONDS);
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

}
