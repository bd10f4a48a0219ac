package io.dapr.quickstarts.bindings.consumer.inbox;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class InboxTest {

	private final StateStore store = new MemoryStateStore();

	private final Inbox inbox = new Inbox(() -> this.store);

	private final AtomicInteger handled = new AtomicInteger();

	@Test
	void handlesAMessageOnce() {
		assertThat(handle("a", 1)).isTrue();
		assertThat(handle("a", 1)).isFalse();
		assertThat(this.handled).hasValue(1);
	}

	@Test
	void knowsAllThatCameBeforeInASequence() {
		for (var number = 1; number <= 100; number++) {
			assertThat(handle("a", number)).isTrue();
		}
		for (var number = 1; number <= 100; number++) {
			assertThat(handle("a", number)).isFalse();
		}
		assertThat(handle("b", 1)).isTrue();
	}

	@Test
	void aMessageWhoseHandlingFailedStaysNewAndChangesNothing() {
		assertThatIllegalStateException().isThrownBy(() -> this.inbox.handleOnce("a", 1, (changes) -> {
			this.count(1).accept(changes);
			throw new IllegalStateException();
		}));
		assertThat(sum()).isZero();
		assertThat(this.inbox.handleOnce("a", 1, count(1))).isTrue();
		assertThat(sum()).isEqualTo(1);
	}

	@Test
	void aMessageWhoseChangesWereNotWrittenStaysNew() {
		assertThatIllegalStateException().isThrownBy(() -> this.inbox.handleOnce("a", 1, (changes) -> {
			count(1).accept(changes);
			// Meanwhile a message of another sequence changes the same.
			this.inbox.handleOnce("b", 1, count(2));
		}));
		assertThat(sum()).isEqualTo(2);
		assertThat(this.inbox.handleOnce("a", 1, count(1))).isTrue();
		assertThat(sum()).isEqualTo(3);
	}

	@Test
	void ofTwoReplicasOneTakesEffect() {
		var other = new Inbox(() -> this.store);
		assertThatIllegalStateException().isThrownBy(() -> this.inbox.handleOnce("a", 1, (changes) -> {
			// Meanwhile the partition went to the other replica.
			other.handleOnce("a", 1, count(1));
			other.handleOnce("a", 2, count(2));
			count(1).accept(changes);
		}));
		assertThat(handle("a", 1)).isFalse();
		assertThat(handle("a", 2)).isFalse();
		assertThat(sum()).isEqualTo(3);
	}

	@Test
	void aRepeatIsRefusedWhileTheMessageIsHandled() {
		assertThat(this.inbox.handleOnce("a", 1, (changes) -> {
			assertThatIllegalStateException().isThrownBy(() -> handle("a", 1))
				.withMessage("An earlier delivery of the message is still being handled");
			assertThat(handle("b", 1)).isTrue();
		})).isTrue();
		assertThat(handle("a", 2)).isTrue();
	}

	private boolean handle(String sequence, long number) {
		return this.inbox.handleOnce(sequence, number, (changes) -> this.handled.incrementAndGet());
	}

	private Consumer<Changes> count(int amount) {
		return (changes) -> changes.update("sum", 0, (sum) -> sum + amount);
	}

	private int sum() {
		var sum = this.store.read("sum", Integer.class).getValue();
		return (sum != null) ? sum : 0;
	}

}
