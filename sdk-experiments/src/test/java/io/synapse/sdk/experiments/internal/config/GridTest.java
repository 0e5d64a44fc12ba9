package io.synapse.sdk.experiments.internal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** The rule of the training process for grids (wire/experiments.md, section 6). */
class GridTest {
    private static List<String> texts(String config) {
        return Config.parse(config).expand().stream().map(Config.Point::text).toList();
    }

    @Test
    void everyListIsAnAxisAndTheLastKeyIsFastest() {
        List<Config.Point> points = Config.parse("lr: [0.1, 0.2]\nmodel: {depth: [1, 2], name: resnet}\nseed: 1\n")
                .expand();

        assertThat(points)
                .extracting(Config.Point::grid)
                .map(Object::toString)
                .containsExactly(
                        "{lr=0.1, model.depth=1}",
                        "{lr=0.1, model.depth=2}",
                        "{lr=0.2, model.depth=1}",
                        "{lr=0.2, model.depth=2}");
        assertThat(points.get(1).text()).isEqualTo("lr: 0.1\nmodel:\n  depth: 2\n  name: resnet\nseed: 1\n");
    }

    @Test
    void textThatLooksLikeAListIsNoAxis() {
        assertThat(texts("a: '[1, 2]'\n")).containsExactly("a: \"[1, 2]\"\n");
    }

    @Test
    void anEmptyListIsOneValue() {
        assertThat(texts("a: []\nb: [[], 1]\n")).containsExactly("a: []\nb: []\n", "a: []\nb: 1\n");
    }

    @Test
    void listsOfListsGiveLists() {
        assertThat(texts("a: [[1, 2], [3]]\n")).containsExactly("a: [[1, 2]]\n", "a: [[3]]\n");
    }

    @Test
    void listsOfMappingsGiveOneMappingEach() {
        assertThat(texts("a: [{opt: adam, b: [1, 2]}, {opt: sgd}]\n"))
                .containsExactly("a: [{opt: adam, b: [1, 2]}]\n", "a: [{opt: sgd}]\n");
    }

    @Test
    void dottedKeysBecomeNested() {
        assertThat(texts("a.b: 1\na.c: [2]\n")).containsExactly("a:\n  b: 1\n  c: 2\n");
    }

    @Test
    void nestedKeysBecomeText() {
        assertThat(texts("a: {2: x, yes: w, ~: v}\n")).containsExactly("a:\n  \"2\": x\n  \"True\": w\n  None: v\n");
    }

    @Test
    void emptyMappingsDisappear() {
        assertThat(texts("a: {}\nb: {c: {}, d: 1}\n")).containsExactly("b:\n  d: 1\n");
    }

    @Test
    void aFlowListIsSplitAtEachCommaAsTheTrainingDoes() {
        assertThat(Config.parse("optimizer: [adam(lr=0.001), sgd(lr=0.01, momentum=0.9)]")
                        .count())
                .isEqualTo(3);
    }

    @Test
    void whatIsFilledInLaterStays() {
        assertThat(texts("a: '{{key}}'\n")).containsExactly("a: \"{{key}}\"\n");
    }

    @Test
    void tenThousandRunsAreTheMost() {
        String axis = ": [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]\n";
        String most = "a" + axis + "b" + axis + "c" + axis + "d" + axis;

        assertThat(Config.parse(most).expand()).hasSize(10_000).doesNotHaveDuplicates();
        assertThatThrownBy(() -> Config.parse(most + "e: [1, 2]\n")).hasMessageContaining("20000 runs");
    }

    @Test
    void manyRunsOfALargeConfigAreRefusedBeforeTheyFillTheMemory() {
        Config config = Config.parse("a: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]\nb: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]\ntext: '"
                + "x".repeat(1_000_000) + "'\n");

        assertThatThrownBy(config::expand).isInstanceOf(ConfigException.class).hasMessageContaining("64 Mi");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "lr: 1.0e-3",
                "lr: .00001",
                "lr: 1.5e+300",
                "n: -0.0",
                "n: 123456789.0",
                "t: '1e-3'",
                "t: 'yes'",
                "t: 'Y'",
                "t: '010'",
                "t: ''",
                "t: ' a: #b '",
                "t: \"\\u0085\\u2028\\ufeff\\0\\n\\U0001F600é\"",
                "'on': 1",
                "b: yes",
                "n: 0x10",
                "n: 12:30:45",
                "n: .inf",
                "n: ~",
                "x: [[1, [yes, '2', {3: 1.5}]]]",
                "x: [{a: {}, b: [], c.d: 1}]",
            })
    void bothVersionsOfYamlReadAnExpandedConfigAlike(String config) {
        String expanded = texts(config).get(0);
        Load yaml12 =
                new Load(LoadSettings.builder().setSchema(new CoreSchema()).build());

        assertThat(Config.parse(expanded).warnings()).isEmpty();
        assertThat(String.valueOf(yaml12.loadFromString(expanded)))
                .isEqualTo(String.valueOf(Config.parse(expanded).values()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a: [[1, 2], [3]]\nb: [x, {c: [1, 2]}, {1: 2}, {}, []]\n",
                "a: '[1, 2]'\nd: [2024-01-01, 1_0]\n",
                "a: {b: {c: [1, 2]}, 5: [yes, 'yes']}\n",
            })
    void theTrainingMakesOneRunOfAnExpandedConfig(String config) {
        for (String expanded : texts(config)) {
            assertThat(texts(expanded)).containsExactly(expanded);
            assertThat(Config.parse(expanded).expand().get(0).grid()).isEqualTo(Map.of());
        }
    }
}
