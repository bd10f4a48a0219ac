package io.dapr.quickstarts.bindings.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import io.dapr.quickstarts.bindings.benchmark.SystemUnderTest.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class OutputCounterTest {

	@TempDir
	private Path folder;

	@Test
	void countsWhatIsAddedAndNoHalfLine() throws IOException {
		var file = Files.writeString(this.folder.resolve("output.log"), "hello\n{ orderId: 1 }\n{ orderId: ");
		var counter = new OutputCounter(file, Role.CONSUMER::isOrder);

		assertThat(counter.count()).isEqualTo(1);
		Files.writeString(file, "2 }\nhello\n", StandardOpenOption.APPEND);
		assertThat(counter.count()).isEqualTo(2);
		assertThat(counter.count()).isEqualTo(2);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			CONSUMER | { orderId: 7 } | true
			CONSUMER | 2026-11-25T10:00:00.000Z  INFO 1 --- [x] [3f2a-7] i.d.OrderController : { orderId: 7 } | true
			CONSUMER | Malformed record: { orderId: x } | false
			CONSUMER | Skipped, handled before: { orderId: 7 }, partition 0 | false
			CONSUMER | Hello from Kafka! | false
			PRODUCER | 2026-11-25T10:00:00.000Z  INFO : Response for order 7: OK | true
			PRODUCER | {"data":{"orderId":7},"operation":"create"} | false
			""")
	void knowsAnOrderByTheEndOfTheLine(Role role, String line, boolean order) {
		assertThat(role.isOrder(line)).isEqualTo(order);
	}

	@Test
	void makesOrdersOfTheSizeAskedFor() {
		assertThat(FilledTopic.order(7, 0)).asString().isEqualTo("{\"orderId\": 7}");
		assertThat(FilledTopic.order(7, 100)).hasSize(100).asString().startsWith("{\"orderId\": 7, \"note\": \"xx");
	}

}
