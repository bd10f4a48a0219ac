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

class ProgramTest {

	private static final Duration LIMIT = Duration.ofSeconds(20);

	@TempDir
	private Path folder;

	private final List<String> lines = new CopyOnWriteArrayList<>();

	private Program program;

	@AfterEach
	void kill() {
		this.program.kill();
	}

	@Test
	void passesOnWhatIsPrintedLast() {
		start("trap 'echo last words; exit 0' TERM; echo ready; while :; do sleep 0.1; done");
		await().atMost(LIMIT).until(() -> this.lines.contains("ready"));
		this.program.stop(LIMIT);
		assertThat(this.lines).containsExactly("ready", "last words");
		assertThat(this.program.exitCode()).isZero();
		assertThat(this.program.lastLines(1)).containsExactly("last words");
	}

	@Test
	void killsWhatDoesNotStop() {
		start("trap '' TERM; echo ready; while :; do sleep 0.1; done");
		await().atMost(LIMIT).until(() -> this.lines.contains("ready"));
		this.program.stop(Duration.ofMillis(200));
		assertThat(this.program.isRunning()).isFalse();
		assertThat(this.program.pid()).isEmpty();
	}

	@Test
	void tellsADeathThatNobodyAskedFor() throws Exception {
		var dead = new CompletableFuture<Program>();
		start("exit 3", dead);
		assertThat(dead.get(LIMIT.toSeconds(), TimeUnit.SECONDS).exitCode()).isEqualTo(3);
	}

	@Test
	void doesNotTellAnEndThatWasAskedFor() {
		var dead = new CompletableFuture<Program>();
		start("echo ready; exec sleep 60", dead);
		await().atMost(LIMIT).until(() -> this.lines.contains("ready"));
		this.program.kill();
		assertThat(dead).isNotDone();
	}

	@Test
	void startsAgainAfterAFreeze() {
		start("echo ready; exec sleep 60");
		this.program.freeze();
		assertThat(this.program.isFrozen()).isTrue();
		this.program.thaw();
		assertThat(this.program.isFrozen()).isFalse();
		this.program.kill();
		this.program.start();
		assertThat(this.program.isRunning()).isTrue();
	}

	private void start(String script) {
		start(script, new CompletableFuture<>());
	}

	private void start(String script, CompletableFuture<Program> dead) {
		this.program = new Program("a script", List.of("sh", "-c", script), Map.of(), this.folder.resolve("log"),
				this.lines::add);
		this.program.onDeath(dead::complete);
		this.program.start();
	}

}
