package io.dapr.quickstarts.bindings.benchmark;

import java.io.StringReader;
import java.util.List;
import java.util.Map;

import javax.xml.parsers.DocumentBuilderFactory;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xml.sax.InputSource;

import static org.assertj.core.api.Assertions.assertThat;

class ReportTest {

	private final Report report = new Report("2026-01-02T03:04:05Z", "./quickstart benchmark", Map.of("JDK", "25"),
			List.of("no Node"),
			List.of(Figure.of("consumer throughput", "bare server (limit)", "orders/s",
					List.of(3456.7, 2000.0, 4000.0)),
					Figure.of("consumer throughput : limit", "app", "ratio", List.of(0.8)),
					Figure.of("startup, port open", "app", "s", List.of(2.0, 4.0)),
					Figure.of("startup, first order", "app", "s", List.of(6.0)),
					Figure.of("startup, first order : app", "app", "ratio", List.of(1.0))));

	@Test
	void writesATableAndItsPictures() {
		assertThat(this.report.markdown()).isEqualTo("""
				Taken 2026-01-02T03:04:05Z with `./quickstart benchmark`.

				- JDK: 25
				- no Node

				| metric | system under test | median | min | max | unit | rounds |
				|---|---|--:|--:|--:|---|--:|
				| consumer throughput | bare server (limit) | **3,457** | 2,000 | 4,000 | orders/s | 3 |
				| consumer throughput : limit | app | **0.80** | 0.80 | 0.80 | ratio | 1 |
				| startup, port open | app | **3.00** | 2.00 | 4.00 | s | 2 |
				| startup, first order | app | **6.00** | 6.00 | 6.00 | s | 1 |
				| startup, first order : app | app | **1.00** | 1.00 | 1.00 | ratio | 1 |

				![startup](benchmark-startup.svg)
				""");
	}

	@Test
	void alignsItsColumnsForATerminal() {
		var lines = this.report.text().lines().toList();

		assertThat(lines).hasSize(6);
		assertThat(lines.get(1)).endsWith("orders/s").contains("3,457");
		assertThat(lines.get(1).indexOf("orders/s")).isEqualTo(lines.get(2).indexOf("ratio"));
	}

	@Test
	void writesJsonWithAllDigits() throws Exception {
		var json = new ObjectMapper().readTree(this.report.json());

		assertThat(json.get("taken").textValue()).isEqualTo("2026-01-02T03:04:05Z");
		assertThat(json.get("environment").get("JDK").textValue()).isEqualTo("25");
		assertThat(json.get("notes").get(0).textValue()).isEqualTo("no Node");
		assertThat(json.get("figures").get(0)).isEqualTo(new ObjectMapper().readTree("""
				{"metric": "consumer throughput", "system": "bare server (limit)", "unit": "orders/s",
				 "median": 3456.7, "min": 2000.0, "max": 4000.0, "rounds": 3}
				"""));
	}

	@Test
	void drawsABarForEachFigureInItsProportion() throws Exception {
		var svg = this.report.charts().get("benchmark-startup.svg").svg();

		var picture = DocumentBuilderFactory.newInstance()
			.newDocumentBuilder()
			.parse(new InputSource(new StringReader(svg)));
		var bars = picture.getElementsByTagName("rect");
		assertThat(bars.getLength()).isEqualTo(2);
		assertThat(width(bars.item(1))).isEqualTo(2 * width(bars.item(0)));
		assertThat(svg).contains("port open", "first order", "3.00 s", "6.00 s").doesNotContain("ratio");
	}

	private static int width(org.w3c.dom.Node bar) {
		return Integer.parseInt(bar.getAttributes().getNamedItem("width").getNodeValue());
	}

	@ParameterizedTest
	@CsvSource({ "12345.6, '12,346'", "99.95, 100.0", "12.34, 12.3", "0.754, 0.75", "0.0123, 0.012", "0, 0.000" })
	void writesThreeSignificantDigits(double value, String text) {
		assertThat(Figure.format(value)).isEqualTo(text);
	}

	@Test
	void takesTheMeanOfTheTwoValuesInTheMiddle() {
		assertThat(Figure.of("m", "s", "ms", List.of(4.0, 1.0, 2.0, 100.0)))
			.isEqualTo(new Figure("m", "s", "ms", 3, 1, 100, 4));
	}

	@Test
	void replacesOnlyItsOwnPartOfADocument() {
		var first = GeneratedBlock.replace("", "old figures");
		var explained = "Before.\n" + first + "\nWhat they mean.\n";

		assertThat(GeneratedBlock.replace(explained, "new figures")).startsWith("Before.\n")
			.contains("new figures")
			.doesNotContain("old figures")
			.endsWith("What they mean.\n");
	}

}
