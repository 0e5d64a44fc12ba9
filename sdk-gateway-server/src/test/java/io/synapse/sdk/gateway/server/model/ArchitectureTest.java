package io.synapse.sdk.gateway.server.model;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What agents on models depend on. */
@Tag("one-jdk")
class ArchitectureTest {
    private static final String MODEL = "io.synapse.sdk.gateway.server.model";
    private static final JavaClasses PUBLISHED = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.synapse.sdk.gateway.server");

    /** A program that uses one library needs no other. */
    @ParameterizedTest
    @CsvSource({
        "dev.langchain4j.., '..langchain4j', '..provider'",
        "de.kherud.., '..internal.local', '..internal.local'",
        "dev.langchain4j.http.., '..provider', '..provider'",
        "dev.langchain4j.model.anthropic.., '..provider', '..provider'"
    })
    void eachLibraryIsUsedInItsPlace(String library, String place, String other) {
        noClasses()
                .that()
                .resideOutsideOfPackages(place, other)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .check(PUBLISHED);
    }

    @Test
    void noPublicTypeNamesAnotherLibrary() {
        classes()
                .that()
                .resideInAPackage(MODEL)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "io.synapse.sdk..", "org.jspecify..")
                .check(PUBLISHED);
    }

    @Test
    void whatIsPublicIsFinal() {
        classes()
                .that()
                .resideInAPackage(MODEL + "..")
                .and()
                .arePublic()
                .and()
                .areNotEnums()
                .and()
                .areNotInterfaces()
                .should()
                .haveModifier(JavaModifier.FINAL)
                .check(PUBLISHED);
    }

    @Test
    void thePackagesBelowHaveNoCycles() {
        slices().matching(MODEL + ".(**)").should().beFreeOfCycles().check(PUBLISHED);
    }
}
