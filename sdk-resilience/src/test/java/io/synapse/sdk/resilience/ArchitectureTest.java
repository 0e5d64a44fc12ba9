package io.synapse.sdk.resilience;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.codeUnits;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What users see of the module (docs/design.md, section 9). */
@Tag("one-jdk")
class ArchitectureTest {
    private static final JavaClasses PUBLISHED = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.synapse.sdk.resilience");

    @Test
    void noPublicSignatureNamesALibrary() {
        codeUnits()
                .that()
                .arePublic()
                .and()
                .areDeclaredInClassesThat()
                .resideInAPackage("io.synapse.sdk.resilience")
                .should()
                .notHaveRawReturnType(JavaClass.Predicates.resideInAnyPackage(
                        "io.synapse.sdk.resilience.internal..", "io.github..", "com.github.."))
                .check(PUBLISHED);
    }

    @Test
    void whatIsPublicIsFinal() {
        classes()
                .that()
                .resideInAPackage("io.synapse.sdk.resilience")
                .and()
                .arePublic()
                .should()
                .haveModifier(JavaModifier.FINAL)
                .check(PUBLISHED);
    }
}
