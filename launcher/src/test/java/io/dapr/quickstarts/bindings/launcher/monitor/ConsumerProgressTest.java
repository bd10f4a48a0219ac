package io.dapr.quickstarts.bindings.launcher.monitor;

import java.util.Map;

import io.dapr.quickstarts.bindings.launcher.kafka.Offsets;
import io.dapr.quickstarts.bindings.launcher.orders.Undelivered;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ConsumerProgressTest {

	private static final TopicPartition A = new TopicPartition("sample", 0);

	private static final TopicPartition B = new TopicPartition("sample", 1);

	private final ConsumerProgress progress = new ConsumerProgress();

	@Test
	void whatWasUndeliveredIsAcknowledgedWhenTheConsumerHasReachedItInEachPartition() {
		this.progress.observe(undelivered(1000), Map.of(A, new Offsets(10, 10), B, new Offsets(5, 4)));
		this.progress.observe(undelivered(2000), Map.of(A, new Offsets(20, 12), B, new Offsets(5, 5)));
		assertThat(this.progress.acknowledged(2000 + ConsumerProgress.GRACE - 1)).isEmpty();
		assertThat(this.progress.acknowledged(2000 + ConsumerProgress.GRACE)).hasValue(undelivered(1000));
		assertThat(this.progress.acknowledged(9000)).isEmpty();
	}

	@Test
	void aPartitionThatWasNeverReadHoldsItUp() {
		this.progress.observe(undelivered(1000), Map.of(A, new Offsets(1, 0)));
		assertThat(this.progress.acknowledged(9000)).isEmpty();
	}

	private static Undelivered undelivered(long time) {
		return new Undelivered(time, Map.of());
	}

}
