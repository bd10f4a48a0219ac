package io.dapr.quickstarts.bindings.benchmark;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class ReportTest {

	private final Report report = new Report(Instant.parse("2026-01-02T03:04:05Z"), "./quickstart benchmark",
			Map.of("JDK", "25"), List.of("no Node"),
			List.of(Figure.of("drain", "bare server (limit)", "orders/s", List.of(3456.7, 2000.0, 4000.0)),
					Figure.of("drain", "app : limit", "ratio", List.of(0.8))));

	@Test
	void writesATable() {
		assertThat(this.report.markdown()).isEqualTo("""
				Taken 2026-01-02T03:04:05Z with `./quickstart benchmark`.

				- JDK: 25
				- no Node

				| | what | median | min | max | unit | rounds |
				|---|---|--:|--:|--:|---|--:|
				| drain | bare server (limit) | **3,457** | 2,000 | 4,000 | orders/s | 3 |
				| drain | app : limit | **0.80** | 0.80 | 0.80 | ratio | 1 |
				""");
	}

	@Test
	void alignsItsColumnsForATerminal() {
		var lines = this.report.text().lines().toList();

		assertThat(lines).hasSize(3);
		assertThat(lines.get(1)).endsWith("orders/s").contains("3,457");
		assertThat(lines.get(1).indexOf("orders/s")).isEqualTo(lines.get(2).indexOf("ratio"));
	}

	@Test
	void writesJsonWithAllDigits() throws Exception {
		var json = new ObjectMapper().readTree(this.report.json());

		assertThat(json.get("taken").textValue()).isEqualTo("2026-01-02T03:04:05Z");
		assertThat(json.get("environment").get("JDK").textValue()).isEqualTo("25");
		assertThat(json.get("notes").get(0).textValue()).isEqualTo("no Node");
		var figure = json.get("figures").get(0);
		assertThat(figure.get("subject").textValue()).isEqualTo("bare server (limit)");
		assertThat(figure.get("median").doubleValue()).isEqualTo(3456.7);
		assertThat(figure.get("min").doubleValue()).isEqualTo(2000);
		assertThat(figure.get("max").doubleValue()).isEqualTo(4000);
		assertThat(figure.get("rounds").intValue()).isEqualTo(3);
	}

	@ParameterizedTest
	@CsvSource({ "12345.6, '12,346'", "99.95, 100.0", "12.34, 12.3", "0.754, 0.75", "0.0123, 0.012", "0, 0.000" })
	void writesThreeDigitsThatCount(double value, String text) {
		assertThat(Numbers.format(value)).isEqualTo(text);
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
