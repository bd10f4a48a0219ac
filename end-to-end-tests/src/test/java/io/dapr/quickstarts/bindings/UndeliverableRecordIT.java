package io.dapr.quickstarts.bindings;

import java.util.Map;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.dapr.quickstarts.bindings.launcher.kafka.KafkaBroker;
import io.dapr.quickstarts.bindings.launcher.kafka.Offsets;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.CompressionType;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A record that never reaches the consumer: its key is larger than the consumer takes an
 * HTTP header. Only a topic without compression.type=uncompressed can hold it. It stops
 * its partition until an operator moves the consumer group past it, as
 * docs/troubleshooting.md says.
 */
@OnKafka
class UndeliverableRecordIT {

	/** In the sidecar's log: topic, partition and offset. */
	private static final Pattern FAILED = Pattern.compile("Error processing Kafka message: (\\S+)/(\\d+)/(\\d+) ");

	@Test
	void anOperatorMovesTheGroupPastIt(KafkaBroker kafka) {
		var topic = "sample-" + UUID.randomUUID();
		try (var admin = new KafkaAdmin(kafka)) {
			admin.create(topic);
			try (var installation = Installation.on(kafka).topic(topic).build();
					var writer = new TopicWriter(kafka, topic, CompressionType.GZIP)) {
				installation.startConsumer();
				writer.write(writer.order(1));
				writer.write(writer.record(new byte[12_000_000], writer.order(2).value()));
				writer.write(writer.order(3));

				// On a busy machine the order before may be repeated too.
				installation.awaitOrder(1);
				var failed = await("the sidecar repeats the record").atMost(Installation.LIMIT)
					.until(() -> failures(installation).reduce((earlier, later) -> later),
							(last) -> last.filter((failure) -> !failure.group(3).equals("0")).isPresent())
					.orElseThrow();
				var partition = new TopicPartition(failed.group(1), Integer.parseInt(failed.group(2)));
				var offset = Long.parseLong(failed.group(3));
				installation.awaitOffsets("the partition stands still before the record",
						Map.of(partition, new Offsets(3, offset))::equals);
				installation.consumerSidecar.process().stop(Installation.SIDECAR_STOP_LIMIT);
				admin.moveGroup(installation.group, partition, offset + 1);
				installation.consumerSidecar.process().start();

				installation.awaitOrder(3);
				assertThat(installation.hasArrived(2)).isFalse();
			}
		}
	}

	private static Stream<MatchResult> failures(Installation installation) {
		return installation.consumerSidecar.process()
			.lastLines(100)
			.stream()
			.flatMap((line) -> FAILED.matcher(line).results());
	}

}
