package io.dapr.quickstarts.bindings.benchmark;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * The result of a run.
 *
 * @param taken when the run began
 * @param command the command that makes such a report
 * @param environment the machine and the versions, by name
 * @param notes what a reader has to know of this run, such as a part that was left out
 * @param figures the rows
 */
record Report(Instant taken, String command, Map<String, String> environment, List<String> notes,
		List<Figure> figures) {

	/** Writes the report as Markdown: a list and a table. */
	String markdown() {
		var text = new StringBuilder("Taken %s with `%s`.%n%n".formatted(this.taken, this.command));
		this.environment.forEach((name, value) -> text.append("- %s: %s%n".formatted(name, value)));
		this.notes.forEach((note) -> text.append("- %s%n".formatted(note)));
		text.append("%n| | what | median | min | max | unit | rounds |%n|---|---|--:|--:|--:|---|--:|%n".formatted());
		for (var figure : this.figures) {
			var values = figure.values();
			text.append("| %s | %s | **%s** | %s | %s | %s | %d |%n".formatted(figure.item(), figure.subject(),
					Numbers.format(values.median()), Numbers.format(values.min()), Numbers.format(values.max()),
					figure.unit(), values.rounds()));
		}
		return text.toString().replace(System.lineSeparator(), "\n");
	}

	/** Writes the report as plain text for a terminal. */
	String text() {
		var width = this.figures.stream().mapToInt((figure) -> figure.subject().length()).max().orElse(1);
		var row = "%-9s %-" + width + "s %10s %10s %10s  %s%n";
		var text = new StringBuilder(row.formatted("", "", "median", "min", "max", "unit"));
		for (var figure : this.figures) {
			var values = figure.values();
			text.append(row.formatted(figure.item(), figure.subject(), Numbers.format(values.median()),
					Numbers.format(values.min()), Numbers.format(values.max()), figure.unit()));
		}
		return text.toString();
	}

	/** Writes the report as JSON, with all digits. */
	String json() {
		try {
			return new ObjectMapper().writerWithDefaultPrettyPrinter()
				.writeValueAsString(new Json(this.taken.toString(), this.command, this.environment, this.notes,
						this.figures.stream().map(Json.Row::of).toList()))
					+ "\n";
		}
		catch (JsonProcessingException ex) {
			throw new IllegalStateException("The figures cannot be written as JSON", ex);
		}
	}

	/** How the report looks in JSON: flat rows. */
	private record Json(@JsonProperty String taken, @JsonProperty String command,
			@JsonProperty Map<String, String> environment, @JsonProperty List<String> notes,
			@JsonProperty List<Row> figures) {

		private record Row(@JsonProperty String item, @JsonProperty String subject, @JsonProperty String unit,
				@JsonProperty double median, @JsonProperty double min, @JsonProperty double max,
				@JsonProperty int rounds) {

			static Row of(Figure figure) {
				var values = figure.values();
				return new Row(figure.item(), figure.subject(), figure.unit(), values.median(), values.min(),
						values.max(), values.rounds());
			}

		}

	}

}
