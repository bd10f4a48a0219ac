package io.dapr.quickstarts.bindings.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;

import io.dapr.quickstarts.bindings.launcher.CommandLines;
import io.dapr.quickstarts.bindings.launcher.Project;
import io.dapr.quickstarts.bindings.launcher.dapr.DaprdFinder;
import io.dapr.quickstarts.bindings.launcher.process.InvalidSettingException;
import io.dapr.quickstarts.bindings.launcher.process.UserFolders;
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

	@Option(names = "--quick", description = "Measure less, and only throughput, latency and startup.")
	private boolean quick;

	@Option(names = "--only", paramLabel = "NAME",
			description = "Measure one of consumer, producer, latency, startup, memory, scaling, tracing, quickstart.")
	private String only;

	@Option(names = "--output", paramLabel = "FOLDER",
			description = "Where benchmark.md, benchmark.json and pictures go, such as docs; a benchmark.md that is "
					+ "there keeps its own text. Needs an idle machine (default: target/benchmark, idle or not).")
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
		var measurements = measurements();
		var project = Project.current();
		var target = (this.output != null) ? CommandLines.fromCaller(this.output)
				: project.home().resolve("target/benchmark");
		checkWritable(target);
		if (this.output != null) {
			Machine.awaitIdle(this::say);
		}
		var daprd = new DaprdFinder(project.daprdModule(), this::say).find();
		var report = measure(project, daprd, measurements);
		this.spec.commandLine().getOut().println(report.text());
		report.notes().forEach(this::say);
		report.write(target);
		say("written: %s and %s".formatted(target.resolve(Report.MARKDOWN), target.resolve(Report.JSON)));
		return CommandLine.ExitCode.OK;
	}

	/** Fails now rather than after an hour of measuring. */
	private static void checkWritable(Path folder) {
		try {
			Files.delete(Files.createTempFile(Files.createDirectories(folder), "probe", ""));
		}
		catch (IOException ex) {
			throw new InvalidSettingException(
					"The results cannot be written to %s: %s; name another folder with --output".formatted(folder,
							UserFolders.reason(ex)));
		}
	}

	/** Stops all and tidies up, however the measurements end. */
	private Report measure(Project project, Path daprd, Map<String, Measurement> measurements) {
		var folder = WorkFolder.create(Path.of(System.getProperty("java.io.tmpdir")));
		var resources = new Resources(this::say);
		var tidyUp = new Thread(() -> {
			resources.close();
			folder.delete();
		});
		Runtime.getRuntime().addShutdownHook(tidyUp);
		try {
			return measure(new TestBed(project, daprd, folder.path(), resources, this::say), daprd, measurements);
		}
		catch (RuntimeException ex) {
			if (resources.isClosed()) {
				throw new IllegalStateException("stopped", ex);
			}
			Runtime.getRuntime().removeShutdownHook(tidyUp);
			resources.close();
			say("the logs are in " + folder.path());
			folder.keepLogs();
			throw ex;
		}
		finally {
			resources.close();
		}
	}

	private Report measure(TestBed testBed, Path daprd, Map<String, Measurement> measurements) {
		var taken = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
		var environment = Machine.describe(testBed.project(), daprd);
		testBed.start();
		var notes = new ArrayList<String>();
		var systems = Systems.find(testBed, this.quick, notes);
		var results = new Results(this::say);
		var scale = this.quick ? Scale.QUICK : Scale.FULL;
		measurements.values().forEach((measurement) -> measurement.run(testBed, systems, scale, results));
		return new Report(taken, commandLine(), environment, notes, results.figures());
	}

	private Map<String, Measurement> measurements() {
		var all = new LinkedHashMap<String, Measurement>();
		all.put("consumer", new ConsumerThroughput());
		all.put("producer", new ProducerThroughput());
		all.put("latency", new Latency());
		all.put("startup", new Startup());
		all.put("memory", new Memory());
		all.put("scaling", new Scaling());
		all.put("tracing", new Tracing());
		all.put("quickstart", new QuickstartStart());
		if (this.only != null) {
			if (!all.containsKey(this.only)) {
				throw new ParameterException(this.spec.commandLine(),
						"--only is '%s'; expected one of %s".formatted(this.only, String.join(", ", all.keySet())));
			}
			return Map.of(this.only, all.get(this.only));
		}
		if (this.quick) {
			// They start most processes anew, and so take longest.
			all.remove("memory");
			all.remove("scaling");
			all.remove("tracing");
			all.remove("quickstart");
		}
		return all;
	}

	private String commandLine() {
		return "./quickstart benchmark" + (this.quick ? " --quick" : "")
				+ ((this.only != null) ? " --only " + this.only : "");
	}

	private void say(String line) {
		var out = this.spec.commandLine().getOut();
		out.println("benchmark | " + line);
		out.flush();
	}

}
