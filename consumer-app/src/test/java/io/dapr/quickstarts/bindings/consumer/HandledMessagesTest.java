package io.dapr.quickstarts.bindings.consumer;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class HandledMessagesTest {

	private final HandledMessages messages = new HandledMessages();

	private final AtomicInteger handled = new AtomicInteger();

	@Test
	void handlesAMessageOnce() {
		assertThat(once("a")).isTrue();
		assertThat(once("a")).isFalse();
		assertThat(this.handled).hasValue(1);
	}

	@ParameterizedTest
	@NullAndEmptySource
	void handlesAMessageWithoutIdEachTime(String id) {
		assertThat(once(id)).isTrue();
		assertThat(once(id)).isTrue();
		assertThat(this.handled).hasValue(2);
	}

	@Test
	void aMessageWhoseHandlingFailedStaysNew() {
		assertThatIllegalStateException().isThrownBy(() -> this.messages.once("a", () -> {
			throw new IllegalStateException();
		}));
		assertThat(once("a")).isTrue();
	}

	@Test
	void forgetsTheOldestFirst() {
		for (int id = 0; id <= HandledMessages.CAPACITY; id++) {
			once("id-" + id);
		}
		assertThat(once("id-1")).isFalse();
		assertThat(once("id-0")).isTrue();
	}

	@Test
	void aRepeatWaitsForTheFirstDelivery() throws Exception {
		var started = new CountDownLatch(1);
		var finish = new CountDownLatch(1);
		var first = CompletableFuture.supplyAsync(() -> this.messages.once("a", () -> {
			started.countDown();
			await(finish);
		}));
		await(started);
		var second = CompletableFuture.supplyAsync(() -> once("a"));
		assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> second.get(200, TimeUnit.MILLISECONDS));
		finish.countDown();
		assertThat(first.get(10, TimeUnit.SECONDS)).isTrue();
		assertThat(second.get(10, TimeUnit.SECONDS)).isFalse();
		assertThat(this.handled).hasValue(0);
	}

	private boolean once(String id) {
		return this.messages.once(id, this.handled::incrementAndGet);
	}

	private static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
