package io.synapse.sdk.tool;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the tools depend on (docs/design.md, section 1). */
@Tag("one-jdk")
class ArchitectureTest {
    private static final JavaClasses PUBLISHED = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.synapse.sdk");

    /** A program that uses one framework needs no other. */
    @ParameterizedTest
    @CsvSource({
        "dev.langchain4j, io.synapse.sdk.tool.langchain4j",
        "io.modelcontextprotocol, io.synapse.sdk.tool.mcp",
        "reactor, io.synapse.sdk.tool.mcp",
        "picocli, io.synapse.sdk.tool.mcp"
    })
    void eachFrameworkIsUsedByOnePackage(String library, String packageName) {
        noClasses()
                .that()
                .resideOutsideOfPackage(packageName)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library + "..")
                .check(PUBLISHED);
    }

    /** Any workspace will do; only the program opens one. */
    @Test
    void theToolsKnowNoDocker() {
        noClasses()
                .that()
                .resideInAPackage("io.synapse.sdk.tool..")
                .and()
                .doNotHaveSimpleName("WorkspaceCommand")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.synapse.sdk.docker..")
                .check(PUBLISHED);
    }

    /** A program that has AI services of LangChain4j has its core; not the other way round. */
    @Test
    void onlyTheProviderNeedsMoreThanTheCoreOfLangChain4j() {
        noClasses()
                .that()
                .haveSimpleNameNotStartingWith("WorkspaceToolProvider")
                .and()
                .resideInAPackage("io.synapse.sdk.tool..")
                .and()
                .haveNameNotMatching(".*WorkspaceToolProvider\\$.*")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.langchain4j.service..")
                .check(PUBLISHED);
    }

    @Test
    void whatIsPublicIsFinal() {
        classes()
                .that()
                .resideInAPackage("io.synapse.sdk.tool..")
                .and()
                .arePublic()
                .and()
                .areNotEnums()
                .should()
                .haveModifier(com.tngtech.archunit.core.domain.JavaModifier.FINAL)
                .check(PUBLISHED);
    }

    @Test
    void everyPackageIsNullMarked() {
        assertThat(PUBLISHED.stream()
                        .map(JavaClass::reflect)
                        .map(Class::getPackage)
                        .distinct())
                .isNotEmpty()
                .allMatch(each -> each.isAnnotationPresent(NullMarked.class));
    }
}
