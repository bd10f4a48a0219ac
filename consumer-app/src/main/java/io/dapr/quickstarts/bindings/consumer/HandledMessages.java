package io.dapr.quickstarts.bindings.consumer;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.apache.commons.codec.digest.DigestUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

/**
 * Recognises messages that were handled before, since Kafka delivers at least once: a
 * record is delivered again when its answer was lost, and a producer that got no answer
 * sends again. What was handled before this process started is not known here.
 */
@Component
class HandledMessages {

	/** How many messages are remembered; an older one counts as new. */
	static final int CAPACITY = 10_000;

	private static final Logger log = LoggerFactory.getLogger(HandledMessages.class);

	// Each message id, alone and with the hash of its data.
	private final Set<String> handled = Collections.newSetFromMap(Collections.synchronizedMap(new LinkedHashMap<>() {
		@Override
		protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
			return size() > 2 * CAPACITY;
		}
	}));

	private final ConcurrentMap<String, CompletableFuture<Void>> inProgress = new ConcurrentHashMap<>();

	private final Duration waitLimit;

	HandledMessages() {
		// As long as the sidecar waits, see components/resiliency.yaml.
		this(Duration.ofSeconds(5));
	}

	/**
	 * Makes a memory that is empty.
	 * @param waitLimit how long a second delivery waits for the first
	 */
	HandledMessages(Duration waitLimit) {
		this.waitLimit = waitLimit;
	}

	/**
	 * Handles a message unless that was done before. A second delivery that comes while
	 * the first is being handled waits for it. If the handling fails, the message stays
	 * new.
	 * @param delivery the message; without an id it is always handled
	 * @param handling what to do with it
	 * @return whether it was handled now
	 * @throws IllegalStateException if the first delivery takes too long
	 */
	boolean once(Delivery delivery, Runnable handling) {
		var messageId = delivery.messageId();
		if (messageId == null || messageId.isEmpty()) {
			handling.run();
			return true;
		}
		var end = begin(messageId);
		try {
			var idAndData = messageId + " " + DigestUtils.sha256Hex(delivery.data());
			if (this.handled.contains(idAndData)) {
				return false;
			}
			if (this.handled.contains(messageId)) {
				log.warn("A different order came with the message id {} before; this one is handled too", messageId);
			}
			handling.run();
			this.handled.add(messageId);
			this.handled.add(idAndData);
			return true;
		}
		finally {
			this.inProgress.remove(messageId);
			end.complete(null);
		}
	}

	private CompletableFuture<Void> begin(String messageId) {
		var end = new CompletableFuture<Void>();
		try {
			var other = this.inProgress.putIfAbsent(messageId, end);
			while (other != null) {
				other.get(this.waitLimit.toMillis(), TimeUnit.MILLISECONDS);
				other = this.inProgress.putIfAbsent(messageId, end);
			}
			return end;
		}
		catch (TimeoutException | InterruptedException | ExecutionException ex) {
			throw new IllegalStateException("An earlier delivery of the message is still being handled", ex);
		}
	}

}
