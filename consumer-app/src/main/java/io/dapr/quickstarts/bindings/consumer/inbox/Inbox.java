package io.dapr.quickstarts.bindings.consumer.inbox;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.dapr.client.DaprClient;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;

/**
 * Lets each message take effect once, though Kafka delivers at least once: a record is
 * redelivered when its answer was lost, and a producer that got no answer sends again.
 * What the handling changes is written in one transaction with the fact that the message
 * was handled. So both happen or neither does, whatever fails in between. After a failure
 * of any cause the message is redelivered, and then looked up.
 */
@Component
public class Inbox {

	/**
	 * When an entry expires after the last message of its sequence: Kafka's default
	 * retention. A record that is redelivered later counts as new.
	 */
	private static final Duration TIME_TO_LIVE = Duration.ofDays(7);

	private final Supplier<StateStore> store;

	private final Set<String> inProgress = ConcurrentHashMap.newKeySet();

	/**
	 * Makes an inbox in the sidecar's state store where it has one, else in memory. The
	 * sidecar is asked when the first message comes: it may start later than this app.
	 * @param dapr the client of the sidecar
	 * @param sidecar its port or address; empty if this app was started without one
	 */
	@Autowired
	public Inbox(@Lazy DaprClient dapr, @Value("${DAPR_GRPC_PORT:${DAPR_GRPC_ENDPOINT:}}") String sidecar) {
		this(SingletonSupplier.of(() -> StateStore.choose(dapr, !sidecar.isEmpty())));
	}

	Inbox(Supplier<StateStore> store) {
		this.store = store;
	}

	/**
	 * Handles a message unless that was done before.
	 * @param sequence names a sequence in which each message has a higher number than the
	 * one before; one entry is kept for it, however long it is
	 * @param number the message's number there
	 * @param handling what to do with the message; registers its state changes
	 * @return whether it was handled now
	 * @throws RuntimeException if it is not certain that it was: it has to be delivered
	 * again
	 */
	public boolean handleOnce(String sequence, long number, Consumer<Changes> handling) {
		// The sidecar delivers again when it has waited long enough, see
		// components/resiliency.yaml.
		if (!this.inProgress.add(sequence)) {
			throw new IllegalStateException("An earlier delivery of the message is still being handled");
		}
		try {
			return handleIfNew("inbox-" + sequence, number, handling);
		}
		finally {
			this.inProgress.remove(sequence);
		}
	}

	private boolean handleIfNew(String key, long number, Consumer<Changes> handling) {
		var store = this.store.get();
		var before = store.read(key, Entry.class);
		if (before.getValue() != null && number <= before.getValue().last()) {
			return false;
		}
		var changes = new Changes(store);
		handling.accept(changes);
		// Refused if another replica has handled a message of this sequence meanwhile.
		changes.add(before, new Entry(number), TIME_TO_LIVE);
		changes.write();
		return true;
	}

	/**
	 * All that is remembered of a sequence.
	 *
	 * @param last the number of the message that was handled last
	 */
	record Entry(long last) {
	}

}
