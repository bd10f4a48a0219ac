package io.dapr.quickstarts.bindings;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.dapr.quickstarts.bindings.launcher.Project;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/** What docs/architecture.md says of modules and packages. */
class ArchitectureTest {

	private static final String ROOT = "io.dapr.quickstarts.bindings.";

	@Test
	void theLaunchersPackagesHaveNoCycles() {
		check("launcher", slices().matching(ROOT + "launcher.(*)..").should().beFreeOfCycles());
		check("launcher",
				noClasses().that()
					.resideInAPackage(ROOT + "launcher.*..")
					.should()
					.dependOnClassesThat()
					.resideInAPackage(ROOT + "launcher"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "launcher", "benchmark" })
	void nothingDependsOnTheAppsClassesOrOnTestLibraries(String module) {
		check(module,
				noClasses().should()
					.dependOnClassesThat()
					.resideInAnyPackage(ROOT + "consumer..", ROOT + "producer..", "org.junit..", "org.assertj..",
							"org.openqa.selenium.."));
	}

	@ParameterizedTest
	@ValueSource(strings = { "consumer-app", "producer-app" })
	void theAppsKnowNeitherKafkaNorTheLauncher(String module) {
		check(module,
				noClasses().should()
					.dependOnClassesThat()
					.resideInAnyPackage("org.apache.kafka..", "kafka..", ROOT + "launcher..", ROOT + "benchmark.."));
	}

	@Test
	void inboxAndDeliveryKnowNoOrdersAndTheirHandlerNoStateStore() {
		check("consumer-app", slices().matching(ROOT + "consumer.(*)..").should().notDependOnEachOther());
		check("consumer-app",
				noClasses().that()
					.resideInAPackage(ROOT + "consumer.*..")
					.should()
					.dependOnClassesThat()
					.resideInAPackage(ROOT + "consumer"));
		check("consumer-app",
				noClasses().that()
					.resideInAPackage(ROOT + "consumer")
					.should()
					.dependOnClassesThat()
					.resideInAPackage("io.dapr.client.domain.."));
	}

	private static void check(String module, ArchRule rule) {
		rule.check(classes(module));
	}

	private static JavaClasses classes(String module) {
		return new ClassFileImporter().withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_JARS)
			.importPath(Project.current().home().resolve(module).resolve("target/classes"));
	}

}
