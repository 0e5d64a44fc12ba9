package io.synapse.sdk.experiments;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The structure of the experiment server: rooms that know no HTTP, and no cycles between them. */
class ArchitectureTest {
    private static final JavaClasses PUBLISHED = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.synapse.sdk.experiments");

    @Test
    void internalPackagesAreFreeOfCycles() {
        slices().matching("io.synapse.sdk.experiments.internal.(*)..")
                .should()
                .beFreeOfCycles()
                .check(PUBLISHED);
    }

    @Test
    void onlyTheRoutesKnowHttp() {
        noClasses()
                .that()
                .resideInAPackage("io.synapse.sdk.experiments.internal..")
                .and()
                .resideOutsideOfPackage("io.synapse.sdk.experiments.internal.http..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.javalin..", "org.eclipse.jetty..", "io.synapse.sdk.experiments.internal.http..")
                .check(PUBLISHED);
    }

    @Test
    void onlyTheRoomsKnowTheDatabase() {
        noClasses()
                .that()
                .resideInAPackage("io.synapse.sdk.experiments.internal.http..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.jdbi..", "java.sql..")
                .check(PUBLISHED);
    }
}
