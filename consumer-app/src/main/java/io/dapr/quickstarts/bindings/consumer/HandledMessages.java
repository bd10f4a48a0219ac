package io.dapr.quickstarts.bindings.consumer;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;

import org.springframework.stereotype.Component;

/**
 * Remembers the messages that were handled last, since Kafka delivers at least once: a
 * record comes again when its answer was lost on the way back, and a producer that got no
 * answer sends again. What was handled before this process started is not known here.
 */
@Component
class HandledMessages {

	/** How many messages are remembered; an older one counts as new. */
	static final int CAPACITY = 10_000;

	private final ConcurrentMap<String, Boolean> handled = new ConcurrentHashMap<>();

	private final BlockingQueue<String> oldestFirst = new ArrayBlockingQueue<>(CAPACITY);

	/**
	 * Handles a message unless that was done before. A second delivery that comes while
	 * the first is still being handled waits for it, so that it is only acknowledged when
	 * the handling is done; if the handling fails, the message stays new.
	 * @param messageId the producer's id of the message, null or empty if it gave none
	 * (then it is always handled)
	 * @param handling what to do with it
	 * @return whether it was handled now
	 */
	boolean once(String messageId, Runnable handling) {
		if (messageId == null || messageId.isEmpty()) {
			handling.run();
			return true;
		}
		var isNew = new AtomicBoolean();
		this.handled.computeIfAbsent(messageId, (id) -> {
			handling.run();
			isNew.set(true);
			return Boolean.TRUE;
		});
		if (isNew.get()) {
			remember(messageId);
		}
		return isNew.get();
	}

	private void remember(String messageId) {
		while (!this.oldestFirst.offer(messageId)) {
			var oldest = this.oldestFirst.poll();
			if (oldest != null) {
				this.handled.remove(oldest);
			}
		}
	}

}
