package io.dapr.quickstarts.bindings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.util.Base64;
import java.util.List;

import io.dapr.quickstarts.bindings.launcher.dapr.DaprdFinder;
import io.dapr.quickstarts.bindings.launcher.process.FreePorts;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.dapr.quickstarts.bindings.CheckoutCopy.ARRIVED;
import static io.dapr.quickstarts.bindings.CheckoutCopy.RUN;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The one command on other people's machines: with their variables, in their folders,
 * with the programs that they have. Each run is of a copy of the built checkout.
 */
@Order(2)
class EnvironmentIT {

	private static CheckoutCopy checkout;

	@BeforeAll
	static void copyTheCheckout() throws IOException {
		checkout = CheckoutCopy.create();
	}

	@AfterAll
	static void deleteTheCopy() throws IOException {
		checkout.delete();
	}

	/** Each run has another folder, another language and variables of other programs. */
	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					wow!       | JAVA_TOOL_OPTIONS='-Duser.language=ar -Duser.country=EG' HOME=/
					a b        | JAVA_TOOL_OPTIONS=-Duser.language=fa LANG=C LC_ALL=C
					(x86)      | JAVA_TOOL_OPTIONS='-Duser.language=bn -XX:+UseG1GC' env -u HOME
					'#'        | JAVA_TOOL_OPTIONS='-Duser.language=mr -XX:+UseParallelGC' CDPATH=/ POSIXLY_CORRECT=1
					%20        | JAVA_TOOL_OPTIONS=-Duser.language=ne GODEBUG=netdns=go CLASSPATH=/nowhere
					größe 訂單 | LANG=C SERVER_PORT=8085 SERVER_SERVLET_CONTEXT_PATH=/x MANAGEMENT_SERVER_PORT=1 SPRING_PROFILES_ACTIVE=x
					x          | DAPR_GRPC_ENDPOINT=http://127.0.0.1:9 DAPR_HTTP_ENDPOINT=http://127.0.0.1:9 DAPR_API_TOKEN=x APP_API_TOKEN=y
					y          | LOGGING_PATTERN_CONSOLE='%m [%t]%n' LOGGING_LEVEL_ROOT=debug KAFKA_HEAP_OPTS=-Xmx1m
					""")
	void inAnyFolderAndLanguageWithVariablesThatAreMeantForOthers(String folder, String variables) throws IOException {
		var before = checkout.folder().getFileName().toString();
		checkout.rename(folder);
		try {
			checkout.assertArrived(variables + " " + RUN);
		}
		finally {
			checkout.rename(before);
		}
	}

	/**
	 * The build starts the consumer to prepare its beans, whatever variables there are.
	 */
	@Test
	void aBuildThatWasCutOffIsDoneAgainByOneOfTwoRuns() throws IOException {
		FileUtils.deleteDirectory(checkout.folder().resolve("launcher/target/lib").toFile());
		var run = checkout.run("export APP_PORT=x APP_SPRING_MAIN_WEB_APPLICATION_TYPE=none"
				+ " SPRING_MAIN_WEB_APPLICATION_TYPE=none; (" + RUN + " & " + RUN + " & wait)");
		assertThat(run.lines()).filteredOn(ARRIVED::equals).hasSize(2);
	}

	@ParameterizedTest
	@ValueSource(strings = { "JAVA_TOOL_OPTIONS=-XX:+NoSuchFlag", "JAVA_HOME=$PWD/placeholder", "JAVA_HOME=/nowhere",
			"DAPRD=$PWD/placeholder/silent", "DAPRD=/nowhere", "TMPDIR=/nowhere", "mkdir -p a,b; TMPDIR=a,b" })
	void whatCannotWorkIsSaidInOneLine(String variable) throws IOException {
		for (var name : List.of("java", "javac")) {
			checkout.script("placeholder/bin/" + name,
					"echo 'The operation could not be completed. Unable to locate a Java Runtime.'\nexit 1\n");
		}
		checkout.script("placeholder/silent", "exit 0\n");
		checkout.explanation(variable + " " + RUN, 2);
	}

	@Test
	void startedByALinkFromAnotherFolderWithRelativePaths() {
		checkout.assertArrived("""
				mkdir -p 'elsewhere/x#y?z%41'
				cd elsewhere
				ln -s ../quickstart link
				cp $DAPRD daprd
				DAPRD=daprd TMPDIR='x#y?z%41' sh""" + RUN.replace("./quickstart", " link"));
	}

	/** As the XDG specification says. */
	@Test
	void aRelativeCacheIsIgnored() throws IOException {
		checkout.script("home/.cache/dapr-kafka-bindings-quickstart/daprd/%s/daprd".formatted(DaprdFinder.VERSION),
				"exec %s \"$@\"\n".formatted(Preparation.find()));
		checkout.assertArrived("unset DAPRD; PATH=/usr/bin:/bin JAVA_HOME=%s HOME=$PWD/home XDG_CACHE_HOME=cache %s"
			.formatted(System.getProperty("java.home"), RUN));
		assertThat(checkout.folder().resolve("cache")).doesNotExist();
	}

	@Test
	void aFolderThatJavaCannotRunFromIsNamed() throws IOException {
		var before = checkout.folder().getFileName().toString();
		checkout.rename("a:b");
		try {
			assertThat(checkout.explanation(RUN, 2)).contains("/a:b, whose name has a colon");
		}
		finally {
			checkout.rename(before);
		}
	}

	/** What Maven prints, and what the user is told of it. */
	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					[INFO] Scanning\\n[ERROR] [ERROR] Some problems:\\n[FATAL] Non-resolvable parent POM\\n @ \\n[ERROR] -> [Help 1]\\n | Non-resolvable parent POM
					[\\033[1;31mERROR\\033[m] Failed to execute goal x -> \\033[1m[Help 1]\\033[m\\n[\\033[1;31mERROR\\033[m] y\\n        | Failed to execute goal x
					Picked up JAVA_TOOL_OPTIONS: z\\nUnrecognized VM option\\nError: A fatal exception has occurred.\\n         | Unrecognized VM option
					[INFO] Scanning\\nWARNING: \\377\\nKilled\\n | Killed
					[INFO] Scanning\\n | Maven ended with exit code 1
					[ERROR] Could not transfer artifact a\\n                                                                          | Could not transfer artifact a; Maven takes its proxy from ~/.m2/settings.xml, not from HTTPS_PROXY
					""")
	void aBuildThatFailsSaysWhy(String log, String reason) throws IOException {
		assertThat(explanationOfBuild("printf '%s'\nexit 1\n".formatted(log), "HTTPS_PROXY=http://127.0.0.1:9"))
			.startsWith("quickstart: the build failed: " + reason + " (all that Maven said is in ");
	}

	/** As in a container whose user has none. */
	@ParameterizedTest
	@ValueSource(strings = { "JAVA_TOOL_OPTIONS=-Duser.home=/proc HOME=/proc",
			"JAVA_TOOL_OPTIONS=-Duser.home=? HOME=/proc" })
	void aBuildWithoutAHomeFolderKeepsItsDownloadsInTheCheckout(String variables) throws IOException {
		var home = checkout.folder().toRealPath() + "/launcher/target/home/.m2";
		assertThat(explanationOfBuild("echo \"$MAVEN_USER_HOME $*\"; exit 1", variables))
			.contains("failed: " + home + " ", " -Dmaven.repo.local=" + home + "/repository ");
	}

	/** What the command says with another program in the place of Maven. */
	private static String explanationOfBuild(String maven, String variables) throws IOException {
		var mvnw = checkout.folder().resolve("mvnw");
		var stamp = checkout.folder().resolve("launcher/target/classpath");
		var elsewhere = Files.createDirectories(checkout.folder().resolve("elsewhere"));
		Files.move(mvnw, elsewhere.resolve("mvnw"), StandardCopyOption.REPLACE_EXISTING);
		Files.move(stamp, elsewhere.resolve("classpath"), StandardCopyOption.REPLACE_EXISTING);
		try {
			checkout.script("mvnw", maven);
			return checkout.explanation(variables + " " + RUN, 1);
		}
		finally {
			Files.move(elsewhere.resolve("mvnw"), mvnw, StandardCopyOption.REPLACE_EXISTING);
			Files.move(elsewhere.resolve("classpath"), stamp);
		}
	}

	/** On the way to the address of Dapr's releases, which is https. */
	@Test
	void aProxyIsGivenItsPassword() throws IOException {
		checkout.script("no-go/go", "exit 1\n");
		try (var proxy = new PasswordProxy()) {
			var explanation = checkout
				.explanation(("unset DAPRD; HOME=$PWD/no-home XDG_CACHE_HOME= NO_PROXY=example.org https_proxy="
						+ " HTTPS_PROXY=http://user:p%%40ss@127.0.0.1:%d PATH=$PWD/no-go:/usr/bin:/bin JAVA_HOME=%s %s")
					.formatted(proxy.port(), System.getProperty("java.home"), RUN), 1);
			assertThat(explanation).contains("could be neither downloaded (", "nor built (");
			assertThat(proxy.credentials()).isNotEmpty()
				.containsOnly("Basic " + Base64.getEncoder().encodeToString("user:p@ss".getBytes()));
		}
	}

	/** Without the launcher, which would hold the variables back. */
	@ParameterizedTest
	@ValueSource(strings = {
			"SERVER_PORT=1 MANAGEMENT_SERVER_PORT=1 SERVER_SERVLET_CONTEXT_PATH=/x SPRING_PROFILES_ACTIVE=x"
					+ " SPRING_CONFIG_LOCATION=/nowhere SPRING_MAIN_BANNER_MODE=console LOGGING_LEVEL_ROOT=debug",
			"SPRING_APPLICATION_JSON='{\"server.port\": 1, \"logging.level.root\": \"off\"}'" })
	void aConsumerThatIsStartedByHandServesAtItsPort(String variables) {
		var port = FreePorts.any();
		var run = checkout
			.run("""
					{ %s APP_PORT=%d '%s/bin/java' -XX:TieredStopAtLevel=1 -jar consumer-app/target/consumer-app.jar & echo $! >pid; wait; } |
					{ head -1; kill $(cat pid); }
					"""
				.formatted(variables, port, System.getProperty("java.home")));
		assertThat(run.lines()).first().asString().endsWith("Consumer app listening on port " + port + "!");
	}

	@Test
	void endsSoonAfterItsReaderHasGone() {
		var run = checkout.run("./quickstart --interval-ms 100 --no-page | head -8");
		assertThat(run.lines()).filteredOn((line) -> !line.startsWith("quickstart: ")).hasSize(8);
	}

}
