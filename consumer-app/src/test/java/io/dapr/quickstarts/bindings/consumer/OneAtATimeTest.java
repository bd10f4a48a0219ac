package io.dapr.quickstarts.bindings.consumer;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OneAtATimeTest {

	private final OneAtATime oneAtATime = new OneAtATime(Duration.ofSeconds(30));

	private final AtomicInteger atWork = new AtomicInteger();

	private final CountDownLatch started = new CountDownLatch(1);

	private final CountDownLatch finish = new CountDownLatch(1);

	@Test
	void theSecondWaitsForTheFirst() throws Exception {
		var first = start(() -> slowly("a"));
		this.started.await();
		var second = startAndAwaitWaiting(() -> quickly("a"));
		this.finish.countDown();
		assertThat(first.get()).isEqualTo(1);
		assertThat(second.get()).isEqualTo(1);
	}

	@Test
	void theSecondWorksIfTheFirstFails() throws Exception {
		var first = start(() -> this.oneAtATime.run("a", () -> {
			waitForFinish();
			throw new IllegalStateException();
		}));
		this.started.await();
		var second = startAndAwaitWaiting(() -> quickly("a"));
		this.finish.countDown();
		assertThat(second.get()).isEqualTo(1);
		assertThat(first).failsWithin(Duration.ZERO)
			.withThrowableThat()
			.withCauseInstanceOf(IllegalStateException.class);
	}

	@Test
	void noneWaitsForEver() throws Exception {
		var impatient = new OneAtATime(Duration.ofMillis(1));
		var first = start(() -> impatient.run("a", () -> {
			waitForFinish();
			return true;
		}));
		this.started.await();
		assertThatIllegalStateException().isThrownBy(() -> impatient.run("a", () -> true))
			.withMessage("An earlier delivery of the message is still being handled");
		this.finish.countDown();
		assertThat(first.get()).isTrue();
	}

	@Test
	void otherNamesDoNotWait() throws Exception {
		var slow = start(() -> slowly("slow"));
		this.started.await();
		for (var name = 0; name < 10_000; name++) {
			assertThat(quickly("name " + name)).isEqualTo(2);
		}
		this.finish.countDown();
		assertThat(slow.get()).isEqualTo(1);
	}

	@Test
	void ofManyAtOnceEachIsAlone() throws Exception {
		for (var name = 0; name < 200; name++) {
			var same = "name " + name;
			var second = start(() -> quickly(same));
			var third = start(() -> quickly(same));
			assertThat(new Integer[] { quickly(same), second.get(), third.get() }).containsOnly(1);
		}
	}

	/** Works and tells how many were at work with it. */
	private int quickly(String name) {
		return this.oneAtATime.run(name, () -> {
			var count = this.atWork.incrementAndGet();
			this.atWork.decrementAndGet();
			return count;
		});
	}

	private int slowly(String name) {
		return this.oneAtATime.run(name, () -> {
			var count = this.atWork.incrementAndGet();
			waitForFinish();
			this.atWork.decrementAndGet();
			return count;
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

	private static <T> FutureTask<T> start(Callable<T> work) {
		var task = new FutureTask<>(work);
		new Thread(task).start();
		return task;
	}

	private static <T> FutureTask<T> startAndAwaitWaiting(Callable<T> work) {
		var task = new FutureTask<>(work);
		var thread = new Thread(task);
		thread.start();
		await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);
		return task;
	}

}
