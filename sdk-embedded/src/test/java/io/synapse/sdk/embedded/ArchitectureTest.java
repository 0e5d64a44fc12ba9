package io.synapse.sdk.embedded;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The structure of the embedded agent and of the modules below it (docs/design.md, sections 2 and 7). */
@Tag("one-jdk")
class ArchitectureTest {
    private static final JavaClasses PUBLISHED = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.synapse.sdk");

    @Test
    void internalPackagesAreFreeOfCycles() {
        slices().matching("io.synapse.sdk.embedded.internal.(*)..")
                .should()
                .beFreeOfCycles()
                .check(PUBLISHED);
    }

    /** A program that uses one module gets the heavy dependencies of that module and of no other. */
    @ParameterizedTest
    @CsvSource({
        "com.github.dockerjava, io.synapse.sdk.docker",
        "org.apache.hc, io.synapse.sdk.internal.http",
        "io.javalin, io.synapse.sdk.embedded",
        "org.eclipse.jetty, io.synapse.sdk.embedded",
        "org.jdbi, io.synapse.sdk.embedded",
        "org.sqlite, io.synapse.sdk.embedded",
        "org.apache.commons.compress, io.synapse.sdk.docker;io.synapse.sdk.embedded",
        "org.snakeyaml, io.synapse.sdk.embedded",
        "picocli, io.synapse.sdk.embedded"
    })
    void eachHeavyDependencyIsUsedByOneModule(String library, String packages) {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        Stream.of(packages.split(";")).map(each -> each + "..").toArray(String[]::new))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library + "..")
                .check(PUBLISHED);
    }
}
