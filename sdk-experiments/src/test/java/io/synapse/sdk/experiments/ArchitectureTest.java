package io.synapse.sdk.experiments;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The structure of the experiment server. */
class ArchitectureTest {
    private static final String EXPERIMENTS = "io.synapse.sdk.experiments";
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(EXPERIMENTS);

    @Test
    void internalPackagesAreFreeOfCycles() {
        slices().matching(EXPERIMENTS + ".internal.(*)..")
                .should()
                .beFreeOfCycles()
                .check(CLASSES);
    }

    @Test
    void whatAllPartsNeedDependsOnNoneOfThem() {
        noClasses()
                .that()
                .resideInAPackage(EXPERIMENTS + ".internal")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(EXPERIMENTS, EXPERIMENTS + ".internal.*")
                .check(CLASSES);
    }

    /** The parts of the server know neither HTTP nor who starts them. */
    @Test
    void onlyRoutesKnowHttp() {
        noClasses()
                .that()
                .resideOutsideOfPackages(EXPERIMENTS, EXPERIMENTS + ".internal.http")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(EXPERIMENTS, EXPERIMENTS + ".internal.http", "io.javalin..", "org.eclipse.jetty..")
                .check(CLASSES);
    }

    @ParameterizedTest
    @CsvSource({"org.snakeyaml, config", "com.dynatrace.hash4j, file", "org.eclipse.jetty, http"})
    void aLibraryIsUsedInOnePlace(String library, String place) {
        noClasses()
                .that()
                .resideOutsideOfPackage(EXPERIMENTS + ".internal." + place)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library + "..")
                .check(CLASSES);
    }

    /** Routes read requests and write answers; what there is to decide is decided in the part that they call. */
    @Test
    void routesUseNoDatabase() {
        noClasses()
                .that()
                .resideInAPackage(EXPERIMENTS + ".internal.http")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.jdbi..", "java.sql..")
                .check(CLASSES);
    }

    @Test
    void publicClassesAreFinal() {
        classes()
                .that()
                .resideInAPackage(EXPERIMENTS)
                .and()
                .arePublic()
                .should()
                .haveModifier(JavaModifier.FINAL)
                .check(CLASSES);
    }
}
