package io.dapr.quickstarts.bindings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import io.dapr.quickstarts.bindings.launcher.Project;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What the README quotes is what the files say; its commands are executed elsewhere. */
class ReadmeTest {

	private static final Pattern EXCERPT = Pattern.compile("<!-- from (\\S+) -->\n\n```\\w+\n(.*?)```", Pattern.DOTALL);

	private static final Pattern CODE = Pattern.compile("```(?:java|yaml)\n.*?```", Pattern.DOTALL);

	private static final Pattern COMMANDS = Pattern.compile("```bash\n.*?```", Pattern.DOTALL);

	private static final Pattern STEP = Pattern.compile("<!-- STEP\n.*?<!-- END_STEP -->", Pattern.DOTALL);

	private static final Path HOME = Project.current().home();

	@ParameterizedTest
	@ValueSource(strings = { "README.md", "README.zh-CN.md" })
	void excerptsAreTakenFromTheFiles(String readme) throws IOException {
		var text = Files.readString(HOME.resolve(readme));
		var excerpts = EXCERPT.matcher(text).results().toList();
		assertThat(excerpts).hasSameSizeAs(find(CODE, text)).isNotEmpty();
		for (var excerpt : excerpts) {
			assertThat(Files.readString(HOME.resolve(excerpt.group(1)))).as(excerpt.group(1))
				.contains(excerpt.group(2));
		}
	}

	@Test
	void allCommandsAreInSteps() throws IOException {
		var text = Files.readString(HOME.resolve("README.md"));
		assertThat(find(COMMANDS, String.join("", find(STEP, text)))).isEqualTo(find(COMMANDS, text)).isNotEmpty();
	}

	@Test
	void bothLanguagesHaveTheSameCommands() throws IOException {
		assertThat(find(COMMANDS, Files.readString(HOME.resolve("README.zh-CN.md"))))
			.isEqualTo(find(COMMANDS, Files.readString(HOME.resolve("README.md"))));
	}

	@Test
	void theTestsThatAreNamedExist() throws IOException {
		var names = find(Pattern.compile("`(\\w+IT)(?:\\.(\\w+))?`"), Files.readString(HOME.resolve("README.md")));
		assertThat(names).isNotEmpty();
		for (var name : names) {
			var parts = name.replace("`", "").split("\\.");
			var source = Files.readString(
					HOME.resolve("end-to-end-tests/src/test/java/io/dapr/quickstarts/bindings/" + parts[0] + ".java"));
			assertThat(source).as(name).contains(parts[parts.length - 1]);
		}
	}

	private static List<String> find(Pattern pattern, String text) {
		return pattern.matcher(text).results().map(MatchResult::group).toList();
	}

}
