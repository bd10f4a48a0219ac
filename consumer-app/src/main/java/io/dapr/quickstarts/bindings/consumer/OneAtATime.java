package io.dapr.quickstarts.bindings.consumer;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Lets one thread at a time work at what has the same name. */
class OneAtATime {

	private final ConcurrentMap<String, CompletableFuture<Void>> inProgress = new ConcurrentHashMap<>();

	private final Duration waitLimit;

	/**
	 * Makes one in which nobody works yet.
	 * @param waitLimit how long a thread waits for the ones before
	 */
	OneAtATime(Duration waitLimit) {
		this.waitLimit = waitLimit;
	}

	/**
	 * Works when nobody else does.
	 * @param name what it works at
	 * @param work what to do
	 * @return what the work gives
	 * @throws IllegalStateException if another thread takes too long
	 */
	<T> T run(String name, Supplier<T> work) {
		var end = begin(name);
		try {
			return work.get();
		}
		finally {
			this.inProgress.remove(name);
			end.complete(null);
		}
	}

	private CompletableFuture<Void> begin(String name) {
		var end = new CompletableFuture<Void>();
		try {
			var other = this.inProgress.putIfAbsent(name, end);
			while (other != null) {
				other.get(this.waitLimit.toMillis(), TimeUnit.MILLISECONDS);
				other = this.inProgress.putIfAbsent(name, end);
			}
			return end;
		}
		catch (TimeoutException | InterruptedException | ExecutionException ex) {
			throw new IllegalStateException("An earlier delivery of the message is still being handled", ex);
		}
	}

}
