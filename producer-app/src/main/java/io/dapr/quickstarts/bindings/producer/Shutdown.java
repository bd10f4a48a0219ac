package io.dapr.quickstarts.bindings.producer;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the process: after an uncaught failure, and within 5 s of SIGTERM or Ctrl-C. A
 * call in flight gets 3 s to end, so that its order is not sent again by the next
 * process.
 */
class Shutdown {

	private static final Duration CALL_LIMIT = Duration.ofSeconds(3);

	private static final Logger log = LoggerFactory.getLogger(Shutdown.class);

	private final CountDownLatch requested = new CountDownLatch(1);

	private final CompletableFuture<Integer> exitCode = new CompletableFuture<>();

	private final Thread main = Thread.currentThread();

	/**
	 * Takes over how the process ends. To be called by the main thread, which is
	 * interrupted if the calls in flight take too long.
	 */
	static Shutdown install() {
		var shutdown = new Shutdown();
		Runtime.getRuntime().addShutdownHook(new Thread(shutdown::stop));
		// On any thread: a producer that sends nothing must not look alive.
		Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> shutdown.fail(failure));
		return shutdown;
	}

	/**
	 * Waits for a request to stop.
	 * @param pause how long to wait at most
	 * @return whether the app is to stop
	 * @throws InterruptedException if the thread is interrupted
	 */
	boolean awaitRequest(Duration pause) throws InterruptedException {
		return this.requested.await(pause.toMillis(), TimeUnit.MILLISECONDS);
	}

	/**
	 * Ends the process, which the threads of the Dapr SDK would keep alive.
	 * @param code the exit code
	 */
	void exit(int code) {
		this.exitCode.complete(code);
		System.exit(code);
	}

	void request() {
		this.requested.countDown();
	}

	private void fail(Throwable failure) {
		try {
			if (!Failure.isInterruption(failure)) {
				Failure.advice(failure)
					.ifPresentOrElse((advice) -> log.error("{}. {}", Failure.describe(failure), advice),
							() -> log.error("The producer ends after an unexpected failure", failure));
			}
		}
		finally {
			exit(Failure.isInterruption(failure) ? 0 : 1);
		}
	}

	private void stop() {
		request();
		try {
			this.exitCode.get(CALL_LIMIT.toSeconds(), TimeUnit.SECONDS);
		}
		catch (TimeoutException | InterruptedException | ExecutionException ex) {
			this.main.interrupt();
		}
		// Not the 143 that the JVM would report.
		Runtime.getRuntime().halt(this.exitCode.completeOnTimeout(1, 1, TimeUnit.SECONDS).join());
	}

}
