package io.dapr.quickstarts.bindings.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.Callable;

import io.dapr.quickstarts.bindings.launcher.CommandLines;
import io.dapr.quickstarts.bindings.launcher.Project;
import io.dapr.quickstarts.bindings.launcher.dapr.Daprd;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code ./quickstart benchmark}. */
@Command(name = "quickstart benchmark", sortOptions = false, usageHelpAutoWidth = true,
		header = "Measures how fast and small the apps are, beside the limit of the same sidecar and broker.",
		description = "Uses an embedded Kafka and real sidecars. With JAVA_HOME at Java 25 it measures the form of "
				+ "the images too.")
public final class BenchmarkCommand implements Callable<Integer> {

	@Option(names = "--quick", description = "Measure less, without memory, growth and tracing, in under two minutes.")
	private boolean quick;

	@Option(names = "--only", paramLabel = "NAME",
			description = "Measure one of drain, producer, latency, start, memory, growth, tracing.")
	private String only;

	@Option(names = "--output", paramLabel = "FOLDER",
			description = "Where benchmark.md and benchmark.json go; a benchmark.md that is there keeps its own text "
					+ "(default: target/benchmark).")
	private Path output;

	@Option(names = { "-h", "--help" }, usageHelp = true, description = "Show this text.")
	private boolean help;

	@Spec
	private CommandSpec spec;

	private BenchmarkCommand() {
	}

	/**
	 * Runs the command and exits with its code.
	 * @param args the options, see {@code ./quickstart benchmark --help}
	 */
	public static void main(String[] args) {
		System.exit(CommandLines.of(new BenchmarkCommand()).execute(args));
	}

	@Override
	public Integer call() throws IOException {
		var taken = Instant.now().truncatedTo(ChronoUnit.SECONDS);
		var items = items();
		var project = Project.current();
		var out = this.spec.commandLine().getOut();
		var daprd = new Daprd(project.daprdModule(), this::say).find();
		var environment = Environment.describe(project, daprd);
		var notes = new ArrayList<String>();
		var figures = new ArrayList<Figure>();
		try (var workbench = new Workbench(project, daprd, this::say)) {
			Runtime.getRuntime().addShutdownHook(new Thread(workbench::close));
			workbench.start();
			var subjects = Subjects.find(workbench, notes);
			var scale = this.quick ? Scale.quickly() : Scale.full();
			items.forEach((item) -> figures.addAll(item.measure(workbench, subjects, scale)));
		}
		var report = new Report(taken, commandLine(), environment, notes, figures);
		out.println(report.text());
		notes.forEach(this::say);
		write(report, (this.output != null) ? this.output : project.home().resolve("target").resolve("benchmark"));
		return CommandLine.ExitCode.OK;
	}

	private List<Item> items() {
		var all = new LinkedHashMap<String, Item>();
		all.put(Drain.NAME, new Drain());
		all.put(Production.NAME, new Production());
		all.put(Latency.NAME, new Latency());
		all.put(Starting.NAME, new Starting());
		all.put(Memory.NAME, new Memory());
		all.put(Growth.NAME, new Growth());
		all.put(Tracing.NAME, new Tracing());
		if (this.only == null) {
			if (this.quick) {
				// They start most anew, and so take longest; --quick --only measures
				// each.
				all.remove(Memory.NAME);
				all.remove(Growth.NAME);
				all.remove(Tracing.NAME);
			}
			return List.copyOf(all.values());
		}
		var item = all.get(this.only);
		if (item == null) {
			throw new ParameterException(this.spec.commandLine(),
					"--only is '%s'; expected one of %s".formatted(this.only, String.join(", ", all.keySet())));
		}
		return List.of(item);
	}

	private String commandLine() {
		return "./quickstart benchmark" + (this.quick ? " --quick" : "")
				+ ((this.only != null) ? " --only " + this.only : "");
	}

	private void write(Report report, Path folder) throws IOException {
		Files.createDirectories(folder);
		var markdown = folder.resolve("benchmark.md");
		var document = Files.exists(markdown) ? Files.readString(markdown) : "";
		Files.writeString(markdown, GeneratedBlock.replace(document, report.markdown()));
		var json = folder.resolve("benchmark.json");
		Files.writeString(json, report.json());
		say("written: %s and %s".formatted(markdown, json));
	}

	private void say(String line) {
		var out = this.spec.commandLine().getOut();
		out.println("benchmark | " + line);
		out.flush();
	}

}
