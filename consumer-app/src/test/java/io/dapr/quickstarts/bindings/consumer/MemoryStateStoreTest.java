package io.dapr.quickstarts.bindings.consumer;

import java.util.List;

import io.dapr.client.domain.State;
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
		var unread = this.store.read("a", String.class);
		write("a", "1");
		assertThatIllegalStateException().isThrownBy(() -> this.store
			.write(List.of(StateStore.change(new State<>("b"), "2"), StateStore.change(unread, "2"))));
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
		this.store.write(List.of(StateStore.change(this.store.read(key, String.class), value)));
	}

	private String value(String key) {
		return this.store.read(key, String.class).getValue();
	}

}
