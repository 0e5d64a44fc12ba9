package io.synapse.sdk.agent;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.codeUnits;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.synapse.sdk.AsyncBaseClient;
import io.synapse.sdk.BaseClient;
import io.synapse.sdk.ClientBuilder;
import io.synapse.sdk.ClientException;
import io.synapse.sdk.EventPublisher;
import io.synapse.sdk.EventStream;
import io.synapse.sdk.LogPublisher;
import io.synapse.sdk.LogStream;
import io.synapse.sdk.OpenEnum;
import io.synapse.sdk.PagedList;
import io.synapse.sdk.gateway.WorkflowEvent;
import io.synapse.sdk.gateway.WorkflowStream;
import io.synapse.sdk.ray.StateFilter;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The design's rooms and arrows (docs/design.md, sections 2 and 3), held against the code of core and clients. */
@Tag("one-jdk")
class ArchitectureTest {
    private static final String[] RESOURCES = {
        "io.synapse.sdk.job..",
        "io.synapse.sdk.node..",
        "io.synapse.sdk.task..",
        "io.synapse.sdk.serve..",
        "io.synapse.sdk.resources..",
        "io.synapse.sdk.container..",
        "io.synapse.sdk.plugin..",
        "io.synapse.sdk.system.."
    };
    private static final String[] LIBRARIES = {"org.apache.hc..", "com.fasterxml.jackson.."};

    /** Made to be extended, as their Javadoc says. */
    private static final Set<Class<?>> TO_BE_EXTENDED =
            Set.of(BaseClient.class, AsyncBaseClient.class, ClientBuilder.class, ClientException.class);

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.synapse.sdk");

    @Test
    void theCoreKnowsNoServer() {
        noClasses()
                .that(are(resideInAnyPackage("io.synapse.sdk", "io.synapse.sdk.internal..")))
                .should()
                .dependOnClassesThat(resideInAnyPackage(RESOURCES)
                        .or(resideInAnyPackage(
                                "io.synapse.sdk.agent..",
                                "io.synapse.sdk.ray..",
                                "io.synapse.sdk.gateway..",
                                "io.synapse.sdk.experiment..",
                                "io.synapse.sdk.dialect..")))
                .check(CLASSES);
    }

    @Test
    void resourcesDoNotKnowTheFacades() {
        noClasses()
                .that(are(resideInAnyPackage(RESOURCES)))
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        "io.synapse.sdk.agent..",
                        "io.synapse.sdk.ray..",
                        "io.synapse.sdk.gateway..",
                        "io.synapse.sdk.experiment.."))
                .check(CLASSES);
    }

    @Test
    void theServersKnowNothingOfOneAnother() {
        noClasses()
                .that(are(resideInAPackage("io.synapse.sdk.agent..")))
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        "io.synapse.sdk.ray..", "io.synapse.sdk.gateway..", "io.synapse.sdk.experiment.."))
                .check(CLASSES);
        noClasses()
                .that(are(resideInAPackage("io.synapse.sdk.ray..")))
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        "io.synapse.sdk.agent..", "io.synapse.sdk.gateway..", "io.synapse.sdk.experiment.."))
                .check(CLASSES);
        noClasses()
                .that(are(resideInAPackage("io.synapse.sdk.gateway..")))
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        "io.synapse.sdk.agent..", "io.synapse.sdk.ray..", "io.synapse.sdk.experiment.."))
                .check(CLASSES);
        noClasses()
                .that(are(resideInAPackage("io.synapse.sdk.experiment..")))
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        "io.synapse.sdk.agent..", "io.synapse.sdk.ray..", "io.synapse.sdk.gateway.."))
                .check(CLASSES);
        noClasses()
                .that(are(resideInAPackage("io.synapse.sdk.dialect..")))
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        "io.synapse.sdk.agent..",
                        "io.synapse.sdk.ray..",
                        "io.synapse.sdk.gateway..",
                        "io.synapse.sdk.experiment.."))
                .check(CLASSES);
    }

    @Test
    void resourcesAndFacadesKnowNoLibrary() {
        noClasses()
                .that(are(resideInAnyPackage(RESOURCES)
                        .or(resideInAnyPackage(
                                "io.synapse.sdk.agent..",
                                "io.synapse.sdk.ray..",
                                "io.synapse.sdk.gateway..",
                                "io.synapse.sdk.experiment..",
                                "io.synapse.sdk.dialect.."))))
                .should()
                .dependOnClassesThat(resideInAnyPackage(LIBRARIES))
                .check(CLASSES);
    }

    @Test
    void eachLibraryHasItsRoom() {
        noClasses()
                .that(are(resideInAPackage("io.synapse.sdk..")
                        .and(DescribedPredicate.not(resideInAnyPackage("io.synapse.sdk.internal.json")))))
                .should()
                .dependOnClassesThat(resideInAPackage("com.fasterxml.jackson.."))
                .check(CLASSES);
        noClasses()
                .that(are(resideInAPackage("io.synapse.sdk..")
                        .and(DescribedPredicate.not(resideInAnyPackage("io.synapse.sdk.internal.http")))))
                .should()
                .dependOnClassesThat(resideInAPackage("org.apache.hc.."))
                .check(CLASSES);
    }

    @Test
    void internalPackagesAreFreeOfCycles() {
        slices().matching("io.synapse.sdk.internal.(*)..")
                .should()
                .beFreeOfCycles()
                .check(CLASSES);
        slices().matching("io.synapse.sdk.(agent|ray|dialect|experiment).internal.(**)")
                .should()
                .beFreeOfCycles()
                .check(CLASSES);
    }

    @Test
    void operationsAreBuiltOnHttpAndStreamsOnBoth() {
        noClasses()
                .that(are(resideInAPackage("io.synapse.sdk.internal.http..")))
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        "io.synapse.sdk.internal.operation..",
                        "io.synapse.sdk.internal.tail..",
                        "io.synapse.sdk.internal.event.."))
                .check(CLASSES);
        noClasses()
                .that(are(resideInAPackage("io.synapse.sdk.internal.operation..")))
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage("io.synapse.sdk.internal.tail..", "io.synapse.sdk.internal.event.."))
                .check(CLASSES);
    }

    @Test
    void resourcesDependOnOneAnotherInNoCircle() {
        slices().matching("io.synapse.sdk.(job|node|task|serve|resources|container|plugin|system)..")
                .should()
                .beFreeOfCycles()
                .check(CLASSES);
    }

    @Test
    void noSignatureNamesWhatIsInternalOrALibrarys() {
        codeUnits()
                .that()
                .arePublic()
                .or()
                .areProtected()
                .and()
                .areDeclaredInClassesThat(arePublicApi())
                .should(nameOnlyWhatAUserMayKnow())
                .check(CLASSES);
    }

    @Test
    void whatIsPublicIsFinalOrSealedUnlessMadeToBeExtended() {
        classes().that(arePublicApi()).should(beClosedOrMadeToBeExtended()).check(CLASSES);
    }

    @Test
    void everyPackageIsNullMarked() {
        Stream<Package> packages =
                CLASSES.stream().map(JavaClass::reflect).map(Class::getPackage).distinct();

        assertThat(packages).isNotEmpty().allMatch(room -> room.isAnnotationPresent(NullMarked.class));
    }

    /** So that code can move from one client to the other, and the documentation of the one is that of the other. */
    @TestFactory
    Stream<DynamicTest> everyOperationHasAnAsynchronousTwin() {
        return operations()
                .map(type -> DynamicTest.dynamicTest(
                        type.getSimpleName(),
                        () -> assertThat(methods(twinOf(type))
                                        .map(method -> signature(
                                                method,
                                                method.getGenericReturnType().getTypeName())))
                                .containsExactlyInAnyOrderElementsOf(methods(type)
                                        .map(method -> signature(method, asynchronous(method.getGenericReturnType())))
                                        .toList())));
    }

    /**
     * A new property of a request must not break a caller: {@link StateFilter} has all that a filter can have, and an open
     * enumeration is its value.
     */
    @Test
    void whatAnOperationTakesIsMadeByFactories() {
        Stream<Class<?>> values = operations()
                .flatMap(ArchitectureTest::methods)
                .flatMap(method -> Stream.of(method.getParameterTypes()))
                .filter(type -> type.getPackageName().startsWith("io.synapse.sdk."))
                .filter(type -> !OpenEnum.class.isAssignableFrom(type))
                .distinct();

        assertThat(values)
                .hasSizeGreaterThan(10)
                .allSatisfy(type -> assertThat(type.getConstructors()).isEmpty());
    }

    private Stream<Class<?>> operations() {
        return CLASSES.stream()
                .filter(type -> type.getSimpleName().endsWith("Operations")
                        && !type.getSimpleName().startsWith("Async"))
                .map(JavaClass::reflect);
    }

    private static Class<?> twinOf(Class<?> operations) throws ClassNotFoundException {
        return Class.forName(operations.getPackageName() + ".Async" + operations.getSimpleName());
    }

    private static Stream<Method> methods(Class<?> operations) {
        return Stream.of(operations.getDeclaredMethods()).filter(method -> !method.isSynthetic());
    }

    private static String signature(Method method, String result) {
        return result + " " + method.getName() + Arrays.toString(method.getGenericParameterTypes());
    }

    /** What an asynchronous call returns for this: a publisher for a stream, and a future for all else. */
    private static String asynchronous(Type result) {
        if (result == WorkflowStream.class) {
            return EventPublisher.class.getName() + "<" + WorkflowEvent.class.getName() + ">";
        }
        if (result instanceof ParameterizedType type && type.getRawType() == EventStream.class) {
            return result.getTypeName().replace(EventStream.class.getName(), EventPublisher.class.getName());
        }
        String name = result == void.class ? Void.class.getName() : result.getTypeName();
        return result == LogStream.class
                ? LogPublisher.class.getName()
                : CompletableFuture.class.getName() + "<"
                        + name.replace(PagedList.class.getName(), List.class.getName()) + ">";
    }

    private static DescribedPredicate<JavaClass> arePublicApi() {
        return DescribedPredicate.describe(
                "are public and not internal",
                type -> type.getModifiers().contains(JavaModifier.PUBLIC)
                        && !type.getPackageName().contains(".internal"));
    }

    private static ArchCondition<JavaCodeUnit> nameOnlyWhatAUserMayKnow() {
        DescribedPredicate<JavaClass> hidden = resideInAnyPackage(LIBRARIES).or(resideInAPackage("..internal.."));
        return new ArchCondition<>("name only what a user may know") {
            @Override
            public void check(JavaCodeUnit unit, ConditionEvents events) {
                boolean visible = unit.getModifiers().contains(JavaModifier.PUBLIC)
                        || unit.getModifiers().contains(JavaModifier.PROTECTED);
                Stream.concat(
                                Stream.of(unit.getReturnType()),
                                Stream.concat(unit.getParameterTypes().stream(), unit.getExceptionTypes().stream()))
                        .flatMap(type -> type.getAllInvolvedRawTypes().stream())
                        .filter(type -> visible && hidden.test(type))
                        .forEach(type -> events.add(
                                SimpleConditionEvent.violated(unit, unit.getFullName() + " names " + type.getName())));
            }
        };
    }

    private static ArchCondition<JavaClass> beClosedOrMadeToBeExtended() {
        return new ArchCondition<>("be final or sealed, or made to be extended") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                Class<?> loaded = type.reflect();
                boolean closed = type.isInterface()
                        || type.isEnum()
                        || type.getModifiers().contains(JavaModifier.FINAL)
                        || loaded.isSealed()
                        || TO_BE_EXTENDED.contains(loaded);
                if (!closed) {
                    events.add(SimpleConditionEvent.violated(type, type.getName() + " is open"));
                }
            }
        };
    }
}
