package io.synapse.sdk.observability;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What users see of the module (docs/design.md, section 9). It joins the SDK to two libraries, so it alone has their types
 * in signatures: a registry of Micrometer and OpenTelemetry's API. Each of its classes needs one of them at most.
 */
@Tag("one-jdk")
class ArchitectureTest {
    private static final JavaClasses PUBLISHED = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.synapse.sdk.observability");

    @Test
    void metricsNeedNoTracingAndTracingNoMetrics() {
        noClasses()
                .that()
                .doNotHaveSimpleName("ClientTracing")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.opentelemetry..")
                .check(PUBLISHED);
        noClasses()
                .that()
                .haveSimpleName("ClientTracing")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.micrometer..")
                .check(PUBLISHED);
    }

    @Test
    void whatIsPublicIsFinal() {
        classes().that().arePublic().should().haveModifier(JavaModifier.FINAL).check(PUBLISHED);
    }
}
