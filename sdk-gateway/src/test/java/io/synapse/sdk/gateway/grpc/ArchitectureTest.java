package io.synapse.sdk.gateway.grpc;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.codeUnits;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the module depends on (docs/design.md, section 1). */
@Tag("one-jdk")
class ArchitectureTest {
    private static final JavaClasses PUBLISHED = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.synapse.sdk");

    /** A program that uses one module gets the heavy dependencies of that module and of no other. */
    @ParameterizedTest
    @ValueSource(strings = {"io.grpc", "com.google.protobuf"})
    void onlyTheInternalPackagesUse(String library) {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.synapse.sdk.gateway.grpc.internal..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library + "..")
                .check(PUBLISHED);
    }

    @Test
    void noPublicSignatureNamesAnInternalType() {
        DescribedPredicate<JavaClass> internal =
                resideInAnyPackage("io.synapse.sdk.gateway.grpc.internal..", "io.grpc..", "com.google..");
        codeUnits()
                .that()
                .arePublic()
                .and()
                .areDeclaredInClassesThat()
                .resideInAPackage("io.synapse.sdk.gateway.grpc")
                .should()
                .notHaveRawReturnType(internal)
                .check(PUBLISHED);
    }

    @Test
    void whatIsPublicIsFinal() {
        classes()
                .that()
                .resideInAPackage("io.synapse.sdk.gateway.grpc")
                .and()
                .arePublic()
                .should()
                .haveModifier(JavaModifier.FINAL)
                .check(PUBLISHED);
    }
}
