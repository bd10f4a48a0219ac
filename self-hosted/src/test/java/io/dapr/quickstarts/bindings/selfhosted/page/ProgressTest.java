package io.dapr.quickstarts.bindings.selfhosted.page;

import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ProgressTest {

	private final Progress<String> progress = new Progress<>();

	@Test
	void whatWasThereIsSettledWhenTheConsumerHasReachedItInEachPartition() {
		this.progress.look(1000, Map.of("a", 10L, "b", 5L), Map.of("a", 10L, "b", 4L));
		this.progress.look(2000, Map.of("a", 20L, "b", 5L), Map.of("a", 12L, "b", 5L));
		assertThat(this.progress.settled(2000 + Progress.GRACE - 1)).isEmpty();
		assertThat(this.progress.settled(2000 + Progress.GRACE)).hasValue(1000);
		assertThat(this.progress.settled(9000)).isEmpty();
	}

	@Test
	void aPartitionThatWasNeverReadHoldsItUp() {
		this.progress.look(1000, Map.of("a", 1L), Map.of());
		assertThat(this.progress.settled(9000)).isEmpty();
	}

}
