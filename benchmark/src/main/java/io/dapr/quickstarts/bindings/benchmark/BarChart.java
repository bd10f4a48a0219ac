package io.dapr.quickstarts.bindings.benchmark;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Figures as a picture: a group of bars for each metric, a bar for each system.
 *
 * @param title what all metrics begin with
 * @param figures the figures, all of one unit
 */
record BarChart(String title, List<Figure> figures) {

	private static final List<String> COLOURS = List.of("#4c78a8", "#f58518", "#54a24b", "#b279a2", "#9d755d",
			"#72b7b2", "#e45756");

	private static final int LINE = 18;

	private static final int LABEL_WIDTH = 260;

	private static final int BAR_WIDTH = 380;

	/** Writes the picture as SVG. Its grey can be read on white and on black. */
	String svg() {
		var bars = new StringBuilder();
		var greatest = this.figures.stream().mapToDouble(Figure::median).max().orElse(1);
		var systems = this.figures.stream().map(Figure::system).distinct().toList();
		Map<String, List<Figure>> groups = this.figures.stream()
			.collect(Collectors.groupingBy(Figure::metric, LinkedHashMap::new, Collectors.toList()));
		var y = LINE;
		for (var group : groups.entrySet()) {
			bars.append(text(0, y, group.getKey(), "font-weight=\"bold\""));
			for (var figure : group.getValue()) {
				y += LINE;
				var width = BAR_WIDTH * figure.median() / greatest;
				bars.append(text(LABEL_WIDTH - 8, y, figure.system(), "text-anchor=\"end\""));
				bars.append("<rect x=\"%d\" y=\"%d\" width=\"%.0f\" height=\"%d\" fill=\"%s\"/>\n".formatted(
						LABEL_WIDTH, y - LINE + 6, width, LINE - 4,
						COLOURS.get(systems.indexOf(figure.system()) % COLOURS.size())));
				bars.append(text(LABEL_WIDTH + (int) width + 6, y, Figure.format(figure.median()) + " " + figure.unit(),
						""));
			}
			y += 2 * LINE;
		}
		return """
				<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 760 %d" font-family="sans-serif" font-size="12" fill="#7d8590">
				<title>%s</title>
				%s</svg>
				"""
			.formatted(y - LINE, this.title, bars);
	}

	private static String text(int x, int y, String text, String style) {
		return "<text x=\"%d\" y=\"%d\" %s>%s</text>\n".formatted(x, y, style, text);
	}

}
