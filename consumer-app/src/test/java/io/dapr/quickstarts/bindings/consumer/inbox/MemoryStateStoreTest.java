package io.dapr.quickstarts.bindings.consumer.inbox;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class MemoryStateStoreTest {

	private final StateStore store = new MemoryStateStore();

	@Test
	void holdsWhatWasWritten() {
		assertThat(value("a")).isNull();
		write("a", "1");
		write("a", "2");
		assertThat(value("a")).isEqualTo("2");
	}

	@Test
	void writesAllOrNothing() {
		var changes = new Changes(this.store);
		changes.update("b", "", (before) -> "2");
		changes.update("a", "", (before) -> "2");
		write("a", "1");
		assertThatIllegalStateException().isThrownBy(changes::write);
		assertThat(value("a")).isEqualTo("1");
		assertThat(value("b")).isNull();
	}

	@Test
	void forgetsWhatWasWrittenLongestAgo() {
		write("kept", "1");
		for (var i = 1; i <= MemoryStateStore.CAPACITY; i++) {
			write("value-" + i, "1");
			write("kept", "1");
		}
		assertThat(value("kept")).isEqualTo("1");
		assertThat(value("value-1")).isNull();
		assertThat(value("value-2")).isEqualTo("1");
	}

	private void write(String key, String value) {
		var changes = new Changes(this.store);
		changes.update(key, "", (before) -> value);
		changes.write();
	}

	private String value(String key) {
		return this.store.read(key, String.class).getValue();
	}

}
