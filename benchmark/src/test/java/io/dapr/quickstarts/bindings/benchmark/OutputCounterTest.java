package io.dapr.quickstarts.bindings.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class OutputCounterTest {

	@TempDir
	private Path folder;

	@Test
	void countsWhatIsAddedAndNoHalfLine() throws IOException {
		var file = Files.writeString(this.folder.resolve("output.log"), "hello\n{ orderId: 1 }\n{ orderId: ");
		var counter = new OutputCounter(file, "{ orderId: ", 10);

		assertThat(counter.count()).isEqualTo(10);
		Files.writeString(file, "2 }\nhello\n", StandardOpenOption.APPEND);
		assertThat(counter.count()).isEqualTo(20);
		assertThat(counter.count()).isEqualTo(20);
	}

	@Test
	void makesOrdersOfTheSizeAskedFor() {
		assertThat(OrderTopic.order(7, 0)).asString().isEqualTo("{\"orderId\": 7}");
		assertThat(OrderTopic.order(7, 100)).hasSize(100).asString().startsWith("{\"orderId\": 7, \"note\": \"xx");
	}

}
