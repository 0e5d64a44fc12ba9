package io.synapse.sdk.internal.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synapse.sdk.internal.value.Attributes.Key;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The properties of values that users make. */
class AttributesTest {
    private static final Key<String> NAME = Key.of("name");
    private static final Key<Integer> COUNT = new Key<>("count", 3);
    private static final Key<Map<String, Object>> DATA = new Key<>("data", Map.of());

    @Test
    void whatIsNotSetIsAsItIsWhenAbsent() {
        assertThat(Attributes.NONE.get(NAME)).isNull();
        assertThat(Attributes.NONE.get(COUNT)).isEqualTo(3);
        assertThat(Attributes.NONE.with(COUNT, 4).get(COUNT)).isEqualTo(4);
    }

    @Test
    void settingAPropertyToWhatItIsWhenAbsentUnsetsIt() {
        Attributes set = Attributes.NONE.with(NAME, "a").with(COUNT, 4).with(DATA, Map.of("x", 1));

        assertThat(set.with(NAME, null).with(COUNT, 3).with(DATA, Map.of())).isEqualTo(Attributes.NONE);
        assertThat(set.without(NAME, DATA).asMap()).isEqualTo(Map.of("count", 4));
    }

    @Test
    void aFieldThatIsNullIsNotAnAbsentOne() {
        assertThat(Attributes.NONE.withField("route_prefix", null).asMap())
                .isEqualTo(Collections.singletonMap("route_prefix", null))
                .isNotEqualTo(Attributes.NONE.asMap());
    }

    @Test
    void nobodyCanChangeWhatIsInItNotEvenDeepInside() {
        List<Object> list = new ArrayList<>(Collections.singletonList(null));
        Map<String, Object> inner = new HashMap<>(Map.of("list", list));
        Map<String, Object> outer = new HashMap<>(Map.of("inner", inner));
        Attributes attributes = Attributes.NONE.with(DATA, outer);

        outer.put("more", 1);
        inner.put("more", 1);
        list.add("more");

        assertThat(attributes.get(DATA)).isEqualTo(Map.of("inner", Map.of("list", Collections.singletonList(null))));
        Map<?, ?> kept = (Map<?, ?>) attributes.get(DATA).get("inner");
        assertThatThrownBy(kept::clear).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(((List<?>) kept.get("list"))::clear).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(attributes.asMap()::clear).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void thoseWithTheSamePropertiesAreEqualInWhateverOrderTheyWereSet() {
        Attributes one = Attributes.NONE.with(NAME, "a").with(COUNT, 4);
        Attributes other = Attributes.NONE.with(COUNT, 4).with(NAME, "a");

        assertThat(one).isEqualTo(other).hasSameHashCodeAs(other).isNotEqualTo(Attributes.NONE.with(NAME, "a"));
    }

    @Test
    void theTextMasksEnvironmentVariablesWhereverTheyAre() {
        Map<String, Object> environment = Map.of("env_vars", Map.of("TOKEN", "s3cret"), "pip", List.of("numpy"));
        Map<String, Object> deployment = Map.of("ray_actor_options", Map.of("runtime_env", environment));

        assertThat(Attributes.NONE
                        .with(NAME, "a")
                        .withField("envs", Map.of("KEY", "s3cret"))
                        .withField("runtime_env", environment)
                        .withField("deployments", List.of(deployment))
                        .withField("applications", List.of(Attributes.NONE.withField("runtime_env", environment))))
                .asString()
                .contains("name=a", "envs={KEY=***}", "env_vars={TOKEN=***}", "pip=[numpy]")
                .doesNotContain("s3cret");
    }
}
