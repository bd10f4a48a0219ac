package io.dapr.quickstarts.bindings.launcher.dashboard;

import java.util.Map;

import io.dapr.quickstarts.bindings.launcher.kafka.Topics.Offsets;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ProgressTest {

	private final Progress<String> progress = new Progress<>();

	@Test
	void whatWasThereIsSettledWhenTheConsumerHasReachedItInEachPartition() {
		this.progress.look(1000, Map.of("a", new Offsets(10, 10), "b", new Offsets(5, 4)));
		this.progress.look(2000, Map.of("a", new Offsets(20, 12), "b", new Offsets(5, 5)));
		assertThat(this.progress.settled(2000 + Progress.GRACE - 1)).isEmpty();
		assertThat(this.progress.settled(2000 + Progress.GRACE)).hasValue(1000);
		assertThat(this.progress.settled(9000)).isEmpty();
	}

	@Test
	void aPartitionThatWasNeverReadHoldsItUp() {
		this.progress.look(1000, Map.of("a", new Offsets(1, 0)));
		assertThat(this.progress.settled(9000)).isEmpty();
	}

}
