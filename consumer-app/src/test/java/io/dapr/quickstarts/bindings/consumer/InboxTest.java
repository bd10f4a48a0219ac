package io.dapr.quickstarts.bindings.consumer;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.dapr.client.domain.TransactionalStateOperation;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class InboxTest {

	private final StateStore store = new MemoryStateStore();

	private final Ledger ledger = new Ledger(this.store);

	private final Inbox inbox = new Inbox(this.store);

	private final AtomicInteger handled = new AtomicInteger();

	@Test
	void handlesAMessageOnce() {
		assertThat(once("a", 1)).isTrue();
		assertThat(once("a", 1)).isFalse();
		assertThat(this.handled).hasValue(1);
	}

	@Test
	void knowsAllThatCameBeforeInASequence() {
		for (var number = 1; number <= 100; number++) {
			assertThat(once("a", number)).isTrue();
		}
		for (var number = 1; number <= 100; number++) {
			assertThat(once("a", number)).isFalse();
		}
		assertThat(once("b", 1)).isTrue();
	}

	@Test
	void aMessageWhoseHandlingFailedStaysNew() {
		assertThatIllegalStateException().isThrownBy(() -> this.inbox.once(message("a", 1), () -> {
			throw new IllegalStateException();
		}));
		assertThat(once("a", 1)).isTrue();
	}

	@Test
	void aMessageWhoseChangesWereNotWrittenStaysNew() {
		assertThatIllegalStateException().isThrownBy(() -> this.inbox.once(message("a", 1), () -> {
			var change = this.ledger.add(new Order(1), "a");
			this.store.write(List.of(this.ledger.add(new Order(9), "a")));
			return List.of(change);
		}));
		assertThat(once("a", 1)).isTrue();
	}

	@Test
	void ofTwoReplicasOneTakesEffect() {
		var other = new Inbox(this.store);
		assertThatIllegalStateException().isThrownBy(() -> this.inbox.once(message("a", 1), () -> {
			var changes = changes(1);
			// Meanwhile the partition went to the other replica, and came back.
			other.once(message("a", 1), () -> changes(1));
			other.once(message("a", 2), () -> changes(2));
			return changes;
		}));
		assertThat(once("a", 1)).isFalse();
		assertThat(once("a", 2)).isFalse();
		assertThat(account()).isEqualTo(new Ledger.Account(2, 2, 0));
	}

	@Test
	void theLedgerNotesWhatIsOutOfOrder() {
		for (var number : new int[] { 1, 2, 4, 3, 5, 5 }) {
			this.store.write(changes(number));
		}
		assertThat(account()).isEqualTo(new Ledger.Account(6, 5, 2));
	}

	private boolean once(String sequence, long number) {
		return this.inbox.once(message(sequence, number), () -> {
			this.handled.incrementAndGet();
			return List.of();
		});
	}

	private List<TransactionalStateOperation<?>> changes(long number) {
		return List.of(this.ledger.add(new Order(number), "a"));
	}

	private Ledger.Account account() {
		return this.store.read("ledger-a", Ledger.Account.class).getValue();
	}

	private static MessageIdentity message(String sequence, long number) {
		return new MessageIdentity("a", sequence, number);
	}

}
