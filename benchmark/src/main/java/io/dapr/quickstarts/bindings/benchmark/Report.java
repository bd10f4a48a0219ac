package io.dapr.quickstarts.bindings.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * The results of a run.
 *
 * @param taken when the run began
 * @param command the command that makes such a report
 * @param environment the machine and the versions, by name
 * @param notes what a reader has to know of this run, such as what was left out
 * @param figures the rows
 */
record Report(String taken, String command, Map<String, String> environment, List<String> notes, List<Figure> figures) {

	static final String MARKDOWN = "benchmark.md";

	static final String JSON = "benchmark.json";

	/** What the metrics of a picture begin with, by the name of its file. */
	private static final Map<String, String> CHARTS = new TreeMap<>(Map.of("benchmark-partitions.svg",
			Scaling.PARTITIONS, "benchmark-startup.svg", Startup.METRIC, "benchmark-memory.svg", Memory.METRIC));

	/** Writes the report as Markdown. */
	String markdown() {
		var text = new StringBuilder("Taken %s with `%s`.\n\n".formatted(this.taken, this.command));
		this.environment.forEach((name, value) -> text.append("- %s: %s\n".formatted(name, value)));
		this.notes.forEach((note) -> text.append("- %s\n".formatted(note)));
		text.append("\n| metric | system under test | median | min | max | unit | rounds |\n");
		text.append("|---|---|--:|--:|--:|---|--:|\n");
		for (var figure : this.figures) {
			text.append("| %s | %s | **%s** | %s | %s | %s | %d |\n".formatted(figure.metric(), figure.system(),
					Figure.format(figure.median()), Figure.format(figure.min()), Figure.format(figure.max()),
					figure.unit(), figure.rounds()));
		}
		charts().forEach((file, chart) -> text.append("\n![%s](%s)\n".formatted(chart.title(), file)));
		return text.toString();
	}

	/**
	 * Writes all files into a folder. A document that is there keeps its own text.
	 * @param folder is created if it is missing
	 */
	void write(Path folder) throws IOException {
		Files.createDirectories(folder);
		var document = folder.resolve(MARKDOWN);
		var text = Files.exists(document) ? Files.readString(document) : "";
		Files.writeString(document, GeneratedBlock.replace(text, markdown()));
		Files.writeString(folder.resolve(JSON), json());
		for (var chart : charts().entrySet()) {
			Files.writeString(folder.resolve(chart.getKey()), chart.getValue().svg());
		}
	}

	/** The pictures, by the names of their files. */
	Map<String, BarChart> charts() {
		var charts = new LinkedHashMap<String, BarChart>();
		CHARTS.forEach((file, metric) -> {
			var shown = this.figures.stream()
				.filter((figure) -> figure.metric().startsWith(metric) && !figure.unit().equals("ratio"))
				.toList();
			if (!shown.isEmpty()) {
				charts.put(file, new BarChart(metric.replaceAll("\\W+$", ""), shown));
			}
		});
		return charts;
	}

	/** Writes the figures as a table for a terminal. */
	String text() {
		var metric = this.figures.stream().mapToInt((figure) -> figure.metric().length()).max().orElse(1);
		var system = this.figures.stream().mapToInt((figure) -> figure.system().length()).max().orElse(1);
		var row = "%-" + metric + "s  %-" + system + "s %10s %10s %10s  %s%n";
		var text = new StringBuilder(row.formatted("", "", "median", "min", "max", "unit"));
		for (var figure : this.figures) {
			text.append(row.formatted(figure.metric(), figure.system(), Figure.format(figure.median()),
					Figure.format(figure.min()), Figure.format(figure.max()), figure.unit()));
		}
		return text.toString();
	}

	/** Writes the report as JSON, with all digits. */
	String json() {
		try {
			return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(this) + "\n";
		}
		catch (JsonProcessingException ex) {
			throw new IllegalStateException("The figures cannot be written as JSON", ex);
		}
	}

}
