package io.dapr.quickstarts.bindings.launcher.process;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FreePortsTest {

	@Test
	void noPortIsGivenOutTwiceThoughNothingListensThere() {
		assertThat(Stream.generate(FreePorts::any).limit(500)).doesNotHaveDuplicates();
	}

	@Test
	void aWellKnownPortIsGivenOutOnce() throws IOException {
		int wanted;
		try (var socket = new ServerSocket(0)) {
			wanted = socket.getLocalPort();
			assertThat(FreePorts.preferably(wanted)).isNotEqualTo(wanted);
		}
		assertThat(FreePorts.preferably(wanted)).isEqualTo(wanted);
		assertThat(FreePorts.preferably(wanted)).isNotEqualTo(wanted);
	}

}
