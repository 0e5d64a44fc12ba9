package io.synapse.sdk.testkit;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the test kit depends on (docs/design.md, section 1). */
@Tag("one-jdk")
class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.synapse.sdk.testkit");

    @Test
    void itDependsOnTheJdkOnJUnitsApiAndOnTheSdk() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "io.synapse.sdk.testkit",
                        "io.synapse.sdk.agent",
                        "io.synapse.sdk.embedded",
                        "io.synapse.sdk.experiment",
                        "io.synapse.sdk.experiments",
                        "java..",
                        "org.jspecify.annotations",
                        "org.junit.jupiter.api..",
                        "org.junit.platform.commons.support")
                .check(CLASSES);
    }

    /** Users without JUnit can inject faults too. */
    @Test
    void theFaultProxyDependsOnTheJdkOnly() {
        noClasses()
                .that()
                .haveNameNotMatching(
                        ".*(Embedded[A-Za-z]+Extension|WithEmbeddedAgent|WithExperiments|InjectedResources)(\\$.*)?")
                .should()
                .dependOnClassesThat(resideInAPackage("org.junit..")
                        .or(resideInAPackage("io.synapse.sdk.agent.."))
                        .or(resideInAPackage("io.synapse.sdk.embedded.."))
                        .or(resideInAnyPackage("io.synapse.sdk.experiment..", "io.synapse.sdk.experiments.."))
                        .or(resideInAPackage("org.slf4j..")))
                .check(CLASSES);
    }
}
