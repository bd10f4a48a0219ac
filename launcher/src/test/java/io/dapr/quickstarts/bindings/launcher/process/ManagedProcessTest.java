package io.dapr.quickstarts.bindings.launcher.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

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
		assertThat(dead).isNotDone();
	}

	@Test
	void startsAgainAfterAFreeze() {
		start("echo ready; exec sleep 60");
		this.process.freeze();
		assertThat(this.process.isFrozen()).isTrue();
		this.process.thaw();
		assertThat(this.process.isFrozen()).isFalse();
		this.process.kill();
		this.process.start();
		assertThat(this.process.isRunning()).isTrue();
	}

	private void start(String script) {
		start(script, new CompletableFuture<>());
	}

	private void start(String script, CompletableFuture<ManagedProcess> dead) {
		this.process = new ManagedProcess("a script", List.of("sh", "-c", script), Map.of(), this.folder.resolve("log"),
				this.lines::add);
		this.process.onDeath(dead::complete);
		this.process.start();
	}

}
