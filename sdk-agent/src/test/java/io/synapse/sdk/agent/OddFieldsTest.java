package io.synapse.sdk.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.synapse.sdk.internal.json.Json;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No model needs any field, and none is broken by an odd one: it is kept as it came if it cannot be read. */
class OddFieldsTest {
    private static final String REST = "additionalProperties";
    private static final List<String> ODD = List.of(
            "NaN",
            "1e999",
            "-7",
            "true",
            "\"\"",
            "\"x\"",
            "[]",
            "{}",
            "[null,1,\"x\",[],{}]",
            "{\"\":null,\"a\":null,\"b\":1,\"c\":\"x\",\"d\":[],\"e\":{\"status\":{}}}");

    private static final List<Class<?>> MODELS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("io.synapse.sdk").stream()
                    .<Class<?>>map(type -> type.reflect())
                    .filter(Class::isRecord)
                    .filter(type -> components(type).anyMatch(REST::equals))
                    .toList();

    static List<Class<?>> models() {
        return MODELS;
    }

    private static Stream<String> components(Class<?> type) {
        return Arrays.stream(type.getRecordComponents()).map(RecordComponent::getName);
    }

    @ParameterizedTest
    @MethodSource("models")
    void nothingIsNeeded(Class<?> type) throws IOException {
        Object model = Json.read("{}", type);
        String nulls = components(type)
                .filter(component -> !component.equals(REST))
                .map(component -> "\"" + fieldOf(component) + "\":null")
                .reduce("", (all, one) -> all.isEmpty() ? one : all + "," + one);

        assertThat(Json.read("{" + nulls + "}", type)).isEqualTo(model);
        check(model);
    }

    @ParameterizedTest
    @MethodSource("models")
    void noFieldIsTooOdd(Class<?> type) throws IOException {
        for (String component :
                components(type).filter(name -> !name.equals(REST)).toList()) {
            for (String odd : ODD) {
                Object model = Json.read("{\"" + fieldOf(component) + "\":" + odd + ",\"other\":1}", type);

                check(model);
                assertThat(rest(model)).as(component + " " + odd).containsEntry("other", 1);
            }
        }
    }

    /** Everything that can be asked of it can be answered. */
    private static void check(Object model) {
        for (Method method : model.getClass().getMethods()) {
            if (method.getParameterCount() == 0
                    && method.getDeclaringClass() == model.getClass()
                    && !Modifier.isStatic(method.getModifiers())) {
                assertThatCode(() -> method.invoke(model))
                        .as(model + " " + method.getName())
                        .doesNotThrowAnyException();
            }
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<Object, Object> rest(Object model) {
        try {
            return (Map<Object, Object>) model.getClass().getMethod(REST).invoke(model);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private static String fieldOf(String component) {
        return component.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }
}
