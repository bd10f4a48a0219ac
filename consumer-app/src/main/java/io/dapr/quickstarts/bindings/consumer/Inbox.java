package io.dapr.quickstarts.bindings.consumer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import io.dapr.client.domain.TransactionalStateOperation;

import org.springframework.stereotype.Component;

/**
 * Lets each message take effect once, though Kafka delivers at least once: a record comes
 * again when its answer was lost on the way back, and a producer that got no answer sends
 * again. What the handling changes is written in one transaction with the fact that the
 * message was handled. So both happen or neither does, whatever fails in between; a
 * failure is not looked into, since the message comes again and is then looked up.
 */
@Component
class Inbox {

	/**
	 * How long it is known what was handled last in a sequence: as long as Kafka keeps a
	 * record by default. If a record comes again later than that, it counts as new.
	 */
	static final Duration TIME_TO_LIVE = Duration.ofDays(7);

	private final StateStore store;

	/** A delivery waits as long as the sidecar does, see components/resiliency.yaml. */
	private final OneAtATime oneAtATime = new OneAtATime(Duration.ofSeconds(5));

	Inbox(StateStore store) {
		this.store = store;
	}

	/**
	 * Handles a message unless that was done before. A second delivery that comes while
	 * the first is still being handled waits for it.
	 * @param message the message's identity
	 * @param handling what to do with it; gives what it changes in the state store
	 * @return whether it was handled now
	 * @throws RuntimeException if it is not sure that it was: it has to be delivered
	 * again
	 */
	boolean once(MessageIdentity message, Supplier<List<TransactionalStateOperation<?>>> handling) {
		return this.oneAtATime.run(message.sequence(), () -> handleIfNew(message, handling));
	}

	private boolean handleIfNew(MessageIdentity message, Supplier<List<TransactionalStateOperation<?>>> handling) {
		var entry = this.store.read("inbox-" + message.sequence(), Entry.class);
		if (entry.getValue() != null && message.number() <= entry.getValue().last()) {
			return false;
		}
		var changes = new ArrayList<>(handling.get());
		// Refused if another replica has handled a message of this sequence meanwhile.
		changes.add(StateStore.change(entry, new Entry(message.number()), TIME_TO_LIVE));
		this.store.write(changes);
		return true;
	}

	/**
	 * All that is remembered of a sequence, however long it is.
	 *
	 * @param last the number of the message that was handled last
	 */
	record Entry(long last) {
	}

}
