package io.dapr.quickstarts.bindings.launcher.kafka;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class EmbeddedKafkaTest {

	@TempDir
	private Path folder;

	@Test
	void saysWhyItEndedWithoutWaitingForAnAnswer() throws IOException {
		try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			var broker = new EmbeddedKafka(taken.getLocalPort(), this.folder, (line) -> {
			});
			assertThatIllegalStateException().isThrownBy(broker::start)
				.withMessageStartingWith("the Kafka broker has ended")
				.withMessageContaining("Address already in use");
		}
	}

}
