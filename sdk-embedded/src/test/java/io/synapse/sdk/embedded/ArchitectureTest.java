package io.synapse.sdk.embedded;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The structure of the embedded agent (docs/design.md, section 7). */
class ArchitectureTest {
    @Test
    void internalPackagesAreFreeOfCycles() {
        slices().matching("io.synapse.sdk.embedded.internal.(*)..")
                .should()
                .beFreeOfCycles()
                .check(new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("io.synapse.sdk.embedded"));
    }
}
