package io.dapr.quickstarts.bindings;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.dapr.quickstarts.bindings.launcher.Project;
import io.dapr.quickstarts.bindings.launcher.dapr.DaprdFinder;
import org.apache.kafka.common.utils.AppInfoParser;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** A version that several files name is the same in all of them. */
class VersionsTest {

	private static final Pattern IMAGE = Pattern
		.compile("\\b(apache/kafka|eclipse-temurin|dapr-kafka-bindings/[a-z-]+):([\\w.-]*\\w)");

	private static final Pattern DAPR_MODULE = Pattern.compile("github\\.com/dapr/dapr v([\\w.-]+)");

	private static final Path HOME = Project.current().home();

	@Test
	void anImageHasOneTag() throws IOException {
		var tags = tags();
		assertThat(tags).containsKeys("apache/kafka", "eclipse-temurin", "dapr-kafka-bindings/consumer-app",
				"dapr-kafka-bindings/producer-app");
		assertThat(tags).allSatisfy((image, ofImage) -> assertThat(ofImage).as(image).hasSize(1));
	}

	@Test
	void kafkasImageIsOfTheVersionThatSpringBootBrings() throws IOException {
		assertThat(tags().get("apache/kafka")).containsExactly(AppInfoParser.getVersion());
	}

	@Test
	void daprdIsFetchedInTheVersionThatIsBuilt() throws IOException {
		var module = Files.readString(HOME.resolve("daprd/go.mod"));
		assertThat(DAPR_MODULE.matcher(module).results().map((match) -> match.group(1))).isNotEmpty()
			.containsOnly(DaprdFinder.VERSION);
	}

	/** The tags of each image, from all files of the repository. */
	private static Map<String, Set<String>> tags() throws IOException {
		var found = new ArrayList<MatchResult>();
		for (var file : files()) {
			// In any charset: there may be binary files of an IDE.
			IMAGE.matcher(Files.readString(file, StandardCharsets.ISO_8859_1)).results().forEach(found::add);
		}
		return found.stream()
			.collect(Collectors.groupingBy((match) -> match.group(1),
					Collectors.mapping((match) -> match.group(2), Collectors.toSet())));
	}

	private static List<Path> files() throws IOException {
		var files = new ArrayList<Path>();
		Files.walkFileTree(HOME, new SimpleFileVisitor<>() {
			@Override
			public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
				return Set.of(".git", "target").contains(folder.getFileName().toString()) ? FileVisitResult.SKIP_SUBTREE
						: FileVisitResult.CONTINUE;
			}

			@Override
			public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
				if (attributes.isRegularFile()) {
					files.add(file);
				}
				return FileVisitResult.CONTINUE;
			}
		});
		return files;
	}

}
