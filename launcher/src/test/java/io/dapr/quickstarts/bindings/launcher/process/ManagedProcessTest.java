package io.dapr.quickstarts.bindings.launcher.process;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class ManagedProcessTest {

	private static final Duration LIMIT = Duration.ofSeconds(20);

	@TempDir
	private Path folder;

	private final List<String> lines = new CopyOnWriteArrayList<>();

	private ManagedProcess process;

	@AfterEach
	void kill() {
		this.process.kill();
	}

	@Test
	void passesOnWhatIsPrintedLast() {
		start("trap 'echo last words; exit 0' TERM; echo ready; while :; do sleep 0.1; done");
		await().atMost(LIMIT).until(() -> this.lines.contains("ready"));
		this.process.stop(LIMIT);
		assertThat(this.lines).containsExactly("ready", "last words");
		assertThat(this.process.exitCode()).isZero();
		assertThat(this.process.lastLines(1)).containsExactly("last words");
	}

	@Test
	void killsWhatDoesNotStop() {
		start("trap '' TERM; echo ready; while :; do sleep 0.1; done");
		await().atMost(LIMIT).until(() -> this.lines.contains("ready"));
		this.process.stop(Duration.ofMillis(200));
		assertThat(this.process.isRunning()).isFalse();
		assertThat(this.process.pid()).isEmpty();
	}

	@Test
	void tellsADeathThatNobodyAskedFor() throws Exception {
		var dead = new CompletableFuture<ManagedProcess>();
		start("exit 3", dead);
		assertThat(dead.get(LIMIT.toSeconds(), TimeUnit.SECONDS).exitCode()).isEqualTo(3);
	}

	@Test
	void doesNotTellAnEndThatWasAskedFor() {
		var dead = new CompletableFuture<ManagedProcess>();
		start("echo ready; exec sleep 60", dead);
		await().atMost(LIMIT).until(() -> this.lines.contains("ready"));
		this.process.kill();
		await().during(Duration.ofMillis(500)).atMost(LIMIT).until(() -> !dead.isDone());
	}

	@Test
	void tellsADeathWithItsLastLinesThoughAnotherProcessHoldsThePipe() throws Exception {
		var dead = new CompletableFuture<ManagedProcess>();
		start("sleep 60 & echo $!; exit 3", dead);
		assertThat(dead.get(LIMIT.toSeconds(), TimeUnit.SECONDS).exitCode()).isEqualTo(3);
		assertThat(ProcessHandle.of(Long.parseLong(this.lines.get(0))).map(ProcessHandle::destroyForcibly))
			.hasValue(true);
	}

	@Test
	void tellsEachDeathOnce() {
		var deaths = new AtomicInteger();
		describe("exit 3", this.lines::add);
		this.process.onDeath((dead) -> deaths.incrementAndGet());
		this.process.start();
		await().atMost(LIMIT).until(() -> deaths.get() == 1);
		this.process.stop(LIMIT);
		this.process.start();
		await().atMost(LIMIT).until(() -> deaths.get() == 2);
		this.process.kill();
		await().during(Duration.ofMillis(500)).atMost(LIMIT).until(() -> deaths.get() == 2);
	}

	@Test
	void aListenerThatFailsStopsNeitherTheLinesNorTheNewsOfADeath() throws Exception {
		var dead = new CompletableFuture<ManagedProcess>();
		describe("echo one; echo two; exit 3", (line) -> {
			this.lines.add(line);
			throw new IllegalStateException("the listener failed, as it should");
		});
		this.process.onDeath(dead::complete);
		this.process.start();
		assertThat(dead.get(LIMIT.toSeconds(), TimeUnit.SECONDS).exitCode()).isEqualTo(3);
		assertThat(this.lines).containsExactly("one", "two");
	}

	@Test
	void aFullDiskCostsTheLogAlone() {
		// More than a pipe holds.
		start("i=0; while [ $i -lt 5000 ]; do echo a line of the usual length: $i; i=$((i + 1)); done; exit 3",
				Path.of("/dev/full"));
		assertThat(this.process.awaitExit(LIMIT)).isTrue();
		assertThat(this.process.exitCode()).isEqualTo(3);
		assertThat(this.lines).hasSize(5000);
		assertThat(this.process.lastLines(1)).containsExactly("a line of the usual length: 4999");
	}

	@Test
	void aLogThatCannotBeOpenedCostsTheLogAlone() {
		start("echo a line", this.folder.resolve("missing/log"));
		assertThat(this.process.awaitExit(LIMIT)).isTrue();
		assertThat(this.lines).containsExactly("a line");
	}

	@Test
	void printsStraightToTheFileWhereNobodyListens() throws IOException {
		var log = this.folder.resolve("log");
		this.process = new ManagedProcess("a script", List.of("sh", "-c", "pwd; echo error >&2"),
				ChildEnvironment.local(), log)
			.in(this.folder);
		this.process.start();
		assertThat(this.process.awaitExit(LIMIT)).isTrue();
		assertThat(log).hasContent(this.folder.toRealPath() + "\nerror");
		assertThat(this.process.lastLines(1)).containsExactly("error");
	}

	@Test
	void tellsTheTimeOfItsWork() {
		start("while :; do :; done");
		await().atMost(LIMIT).until(() -> this.process.cpuTime().toMillis() > 100);
	}

	@Test
	void aFrozenProgramPrintsNothingUntilItIsThawed() {
		start("i=0; while :; do i=$((i + 1)); echo $i; sleep 0.05; done");
		await().atMost(LIMIT).until(() -> this.lines.size() > 2);
		this.process.freeze();
		assertThat(this.process.isFrozen()).isTrue();
		var seen = new AtomicInteger(-1);
		await("no more lines").atMost(LIMIT)
			.pollInterval(Duration.ofMillis(500))
			.until(() -> this.lines.size() == seen.getAndSet(this.lines.size()));
		this.process.thaw();
		assertThat(this.process.isFrozen()).isFalse();
		await().atMost(LIMIT).until(() -> this.lines.size() > seen.get());
	}

	@Test
	void startsAgainAfterAFreeze() {
		start("echo ready; exec sleep 60");
		this.process.freeze();
		this.process.kill();
		this.process.start();
		assertThat(this.process.isRunning()).isTrue();
		assertThat(this.process.isFrozen()).isFalse();
	}

	private void start(String script) {
		start(script, new CompletableFuture<>());
	}

	private void start(String script, CompletableFuture<ManagedProcess> dead) {
		describe(script, this.lines::add);
		this.process.onDeath(dead::complete);
		this.process.start();
	}

	private void describe(String script, Consumer<String> listener) {
		this.process = process(script, this.folder.resolve("log"), listener);
	}

	private void start(String script, Path log) {
		this.process = process(script, log, this.lines::add);
		this.process.start();
	}

	private static ManagedProcess process(String script, Path log, Consumer<String> listener) {
		return new ManagedProcess("a script", List.of("sh", "-c", script), ChildEnvironment.local(), log, listener);
	}

}
