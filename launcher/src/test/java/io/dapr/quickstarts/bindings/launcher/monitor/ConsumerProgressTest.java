package io.dapr.quickstarts.bindings.launcher.monitor;

import java.util.Map;

import io.dapr.quickstarts.bindings.launcher.kafka.Offsets;
import io.dapr.quickstarts.bindings.launcher.orders.UnderWay;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ConsumerProgressTest {

	private static final TopicPartition A = new TopicPartition("sample", 0);

	private static final TopicPartition B = new TopicPartition("sample", 1);

	private final ConsumerProgress progress = new ConsumerProgress();

	@Test
	void whatWasUnderWayIsSettledWhenTheConsumerHasReachedItInEachPartition() {
		this.progress.observe(underWay(1000), Map.of(A, new Offsets(10, 10), B, new Offsets(5, 4)));
		this.progress.observe(underWay(2000), Map.of(A, new Offsets(20, 12), B, new Offsets(5, 5)));
		assertThat(this.progress.settled(2000 + ConsumerProgress.GRACE - 1)).isEmpty();
		assertThat(this.progress.settled(2000 + ConsumerProgress.GRACE)).hasValue(underWay(1000));
		assertThat(this.progress.settled(9000)).isEmpty();
	}

	@Test
	void aPartitionThatWasNeverReadHoldsItUp() {
		this.progress.observe(underWay(1000), Map.of(A, new Offsets(1, 0)));
		assertThat(this.progress.settled(9000)).isEmpty();
	}

	private static UnderWay underWay(long time) {
		return new UnderWay(time, Map.of());
	}

}
