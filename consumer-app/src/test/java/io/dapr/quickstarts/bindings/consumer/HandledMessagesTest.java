package io.dapr.quickstarts.bindings.consumer;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@ExtendWith(OutputCaptureExtension.class)
class HandledMessagesTest {

	private final HandledMessages messages = new HandledMessages();

	private final AtomicInteger handled = new AtomicInteger();

	private final CountDownLatch started = new CountDownLatch(1);

	private final CountDownLatch finish = new CountDownLatch(1);

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
		assertThatIllegalStateException().isThrownBy(() -> this.messages.once(message("a", "data"), () -> {
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
	void differentOrdersUnderOneIdAreAllHandled(CapturedOutput output) {
		for (var repetition = 0; repetition < 2; repetition++) {
			for (var data : new String[] { "one", "two", "three" }) {
				this.messages.once(message("a", data), this.handled::incrementAndGet);
			}
		}
		assertThat(this.handled).hasValue(3);
		assertThat(output.getOut().lines()).hasSize(2)
			.allMatch((line) -> line
				.endsWith("A different order came with the message id a before; this one is handled too"));
	}

	@Test
	void aRepeatWaitsForTheFirstDelivery() throws Exception {
		var first = start(() -> slowly("a"));
		this.started.await();
		var second = startAndAwaitWaiting(() -> once("a"));
		this.finish.countDown();
		assertThat(first.get()).isTrue();
		assertThat(second.get()).isFalse();
		assertThat(this.handled).hasValue(1);
	}

	@Test
	void aRepeatIsHandledIfTheFirstDeliveryFails() throws Exception {
		var first = start(() -> this.messages.once(message("a", "data"), () -> {
			waitForFinish();
			throw new IllegalStateException();
		}));
		this.started.await();
		var second = startAndAwaitWaiting(() -> once("a"));
		this.finish.countDown();
		assertThat(second.get()).isTrue();
		assertThat(first).failsWithin(Duration.ZERO)
			.withThrowableThat()
			.withCauseInstanceOf(IllegalStateException.class);
	}

	@Test
	void aRepeatDoesNotWaitForEver() throws Exception {
		var impatient = new HandledMessages(Duration.ofMillis(1));
		var first = start(() -> impatient.once(message("a", "data"), this::waitForFinish));
		this.started.await();
		assertThatIllegalStateException().isThrownBy(() -> impatient.once(message("a", "data"), this::waitForFinish))
			.withMessage("An earlier delivery of the message is still being handled");
		this.finish.countDown();
		assertThat(first.get()).isTrue();
	}

	@Test
	void aSlowMessageStopsNoOtherAndIsNotForgotten() throws Exception {
		var slow = start(() -> slowly("slow"));
		this.started.await();
		for (int id = 0; id <= HandledMessages.CAPACITY; id++) {
			assertThat(once("id-" + id)).isTrue();
		}
		var second = startAndAwaitWaiting(() -> once("slow"));
		this.finish.countDown();
		assertThat(slow.get()).isTrue();
		assertThat(second.get()).isFalse();
	}

	@Test
	void ofManyDeliveriesAtOnceOneIsHandled() throws Exception {
		for (var id = 0; id < 200; id++) {
			var message = message("id-" + id, "data");
			Callable<Boolean> delivery = () -> this.messages.once(message, this.handled::incrementAndGet);
			var second = start(delivery);
			var third = start(delivery);
			assertThat(new Boolean[] { delivery.call(), second.get(), third.get() }).containsOnlyOnce(true);
		}
		assertThat(this.handled).hasValue(200);
	}

	private boolean once(String id) {
		return this.messages.once(message(id, "data"), this.handled::incrementAndGet);
	}

	private boolean slowly(String id) {
		return this.messages.once(message(id, "data"), () -> {
			waitForFinish();
			this.handled.incrementAndGet();
		});
	}

	private void waitForFinish() {
		this.started.countDown();
		try {
			assertThat(this.finish.await(30, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static FutureTask<Boolean> start(Callable<Boolean> delivery) {
		var task = new FutureTask<>(delivery);
		new Thread(task).start();
		return task;
	}

	private static FutureTask<Boolean> startAndAwaitWaiting(Callable<Boolean> delivery) {
		var task = new FutureTask<>(delivery);
		var thread = new Thread(task);
		thread.start();
		await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);
		return task;
	}

	private static Delivery message(String id, String data) {
		return new Delivery(data.getBytes(StandardCharsets.UTF_8), id, "sample", "0", "12");
	}

}
