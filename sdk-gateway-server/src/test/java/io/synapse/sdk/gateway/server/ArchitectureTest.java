package io.synapse.sdk.gateway.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The structure of the gateway (docs/design.md, section 7). */
@Tag("one-jdk")
class ArchitectureTest {
    private static final String GATEWAY = "io.synapse.sdk.gateway.server";
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(GATEWAY);

    /** HTTP and gRPC are two faces of the same services, which know neither; what is counted is counted of both. */
    @ParameterizedTest
    @CsvSource({
        "io.javalin, http",
        "org.eclipse.jetty, http",
        "io.micrometer, metrics",
        "io.grpc, grpc",
        "com.google.protobuf, grpc",
        "io.synapse.sdk.embedded.internal.job, command"
    })
    void aProtocolIsKnownInOnePlace(String library, String place) {
        noClasses()
                .that()
                .resideOutsideOfPackages(GATEWAY + ".internal." + place, GATEWAY + ".internal.metrics")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library + "..")
                .check(CLASSES);
    }

    @Test
    void theServicesDoNotDependOnTheirFaces() {
        noClasses()
                .that()
                .resideInAnyPackage(GATEWAY + ".internal", GATEWAY + ".internal.command")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(GATEWAY + ".internal.http", GATEWAY + ".internal.grpc")
                .check(CLASSES);
    }
}
