package io.synapse.sdk.embedded.internal.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.synapse.sdk.embedded.internal.backend.RefusedException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PluginConfigTest {
    private static final String NAMES = "code: demo\nversion: 1.0.0\n";

    static Stream<Arguments> unusable() {
        return Stream.of(
                Arguments.of("", "must be a mapping with the plugin's code, version and actions"),
                Arguments.of("- a list\n", "must be a mapping"),
                Arguments.of("only text", "must be a mapping"),
                Arguments.of("code: [\n", "is not YAML that can be used: "),
                Arguments.of("code: demo\n\tversion: 1.0.0\n", "(line 2)"),
                Arguments.of("a: 1\n---\nb: 2\n", "expected a single document"),
                Arguments.of("code: a\ncode: b\n", "duplicate key code"),
                Arguments.of("x: !!javax.script.ScriptEngineManager []\n" + NAMES, "could not determine a constructor"),
                Arguments.of("x: !!python/object/apply:os.system [ls]\n" + NAMES, "could not determine a constructor"),
                Arguments.of("x: !!binary aGVsbG8=\n" + NAMES, "holds a value that is neither text"),
                Arguments.of("? [a, b]\n: c\n" + NAMES, "is not YAML that can be used: "),
                Arguments.of("[".repeat(100_000), "is nested deeper than 20 levels"),
                Arguments.of("x: ".concat("{a: ".repeat(30)) + "1" + "}".repeat(30), "is nested deeper than 20 levels"),
                Arguments.of("x: &x [*x]\n" + NAMES, "or one that contains itself"),
                Arguments.of(laughs(10), "is not YAML that can be used: "),
                Arguments.of(doublings(), "holds more than 10000 values"),
                Arguments.of("x: " + "9".repeat(200_000) + "\n" + NAMES, "holds a number of more than 100 digits"),
                Arguments.of("x: [-0x" + "f".repeat(101) + "]\n" + NAMES, "holds a number of more than 100 digits"),
                Arguments.of(NAMES + "actions: {\"a\\u202Eb\": {entrypoint: a}}", "some that cannot be seen: a?b"),
                Arguments.of(
                        NAMES + "actions: {" + "a".repeat(101) + ": {entrypoint: a}}", "longer than 100 characters"),
                Arguments.of("x: *nothing\n", "is not YAML that can be used: "),
                Arguments.of("version: 1.0.0\n", "has no code"),
                Arguments.of("code: demo\n", "has no version"),
                Arguments.of("code: demo\nversion:\n", "has no version"),
                Arguments.of("code: demo\nversion: 1.0\n", "has a number as its version; write it in quotes"),
                Arguments.of("code: 7\nversion: 1.0.0\n", "has a number as its code; write it in quotes"),
                Arguments.of("code: demo\nversion: true\n", "has a version that cannot be used"),
                Arguments.of("code: ../demo\nversion: 1.0.0\n", "has a code that cannot be used"),
                Arguments.of("code: a@b\nversion: 1.0.0\n", "has a code that cannot be used"),
                Arguments.of("code: ''\nversion: 1.0.0\n", "has a code that cannot be used"),
                Arguments.of("code: demo\nversion: " + "1".repeat(5) + "." + "a".repeat(100), "has a version that"),
                Arguments.of(NAMES + "actions: [gradio]\n", "has actions that are not a mapping"),
                Arguments.of(NAMES + "actions: {gradio: x}\n", "gives the action gradio no entrypoint"),
                Arguments.of(NAMES + "actions: {gradio: {method: serve}}\n", "gives the action gradio no entry"),
                Arguments.of(action("../evil.py"), "the entrypoint ../evil.py, which is not a Python path"),
                Arguments.of(action("/bin/sh"), "which is not a Python path"),
                Arguments.of(action("plugin..app"), "which is not a Python path"),
                Arguments.of(action("plugin.app; rm"), "which is not a Python path"));
    }

    @ParameterizedTest
    @MethodSource("unusable")
    void saysWhatIsWrong(String yaml, String sentence) {
        RefusedException refusal = catchThrowableOfType(RefusedException.class, () -> parse(yaml));

        assertThat(refusal)
                .hasMessageStartingWith("config.yaml in the archive ")
                .hasMessageContaining(sentence);
        assertThat(refusal.status()).isEqualTo(400);
        assertThat(refusal.getMessage()).hasSizeLessThan(400).doesNotContain("\n");
    }

    @Test
    void wantsUtf8() {
        byte[] latin = (NAMES + "name: caf\u00e9\n").getBytes(StandardCharsets.ISO_8859_1);

        assertThat(catchThrowableOfType(
                        RefusedException.class, () -> PluginConfig.parse(latin, "config.yaml in the archive")))
                .hasMessage("config.yaml in the archive is not UTF-8");
    }

    @Test
    void keepsPlainValuesAsTheyAre() {
        PluginConfig config = parse("\uFEFF" + NAMES + """
                name: caf\u00e9
                description:
                tags: &tags [1, 2.5, true, text]
                same: *tags
                requires: {python: '>=3.10', 3: number}
                """);

        assertThat(config.code()).isEqualTo("demo");
        assertThat(config.version()).isEqualTo("1.0.0");
        assertThat(config.actions()).isEmpty();
        assertThat(config.values())
                .containsEntry("name", "caf\u00e9")
                .containsEntry("description", null)
                .containsEntry("tags", List.of(1, 2.5, true, "text"))
                .containsEntry("same", List.of(1, 2.5, true, "text"))
                .containsEntry("requires", Map.of("python", ">=3.10", "3", "number"));
    }

    @Test
    void namesTheActionsInTheirOrder() {
        PluginConfig config = parse(NAMES + """
                actions:
                  train: {entrypoint: plugin.train.TrainAction, method: job}
                  gradio: {entrypoint: plugin.gradio_interface.app}
                  export: {entrypoint: 'plugin.export:ExportAction', method: task}
                """);

        assertThat(config.actions())
                .containsExactly(
                        new PluginAction("train", "plugin.train.TrainAction", "job"),
                        new PluginAction("gradio", "plugin.gradio_interface.app", null),
                        new PluginAction("export", "plugin.export:ExportAction", "task"));
    }

    @ParameterizedTest
    @CsvSource({
        "plugin.gradio_interface.app, plugin/gradio_interface.py",
        "plugin.export:ExportAction,  plugin/export.py",
        "main.app,                    main.py",
        "main,                        main.py"
    })
    void findsTheFileOfAnEntrypoint(String entrypoint, String file) {
        assertThat(new PluginAction("run", entrypoint, null).file()).isEqualTo(file);
    }

    private static PluginConfig parse(String yaml) {
        return PluginConfig.parse(yaml.getBytes(StandardCharsets.UTF_8), "config.yaml in the archive");
    }

    private static String action(String entrypoint) {
        return NAMES + "actions: {gradio: {entrypoint: '" + entrypoint + "'}}\n";
    }

    /** Ten times ten times ten …: a short text, and more values than any memory holds. */
    private static String laughs(int levels) {
        StringBuilder yaml = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < levels; i++) {
            String before = "*a" + (i - 1);
            yaml.append("a%d: &a%d [%s]\n".formatted(i, i, String.join(",", Collections.nCopies(10, before))));
        }
        return yaml.append(NAMES).toString();
    }

    /** With so few aliases that they alone are not suspicious. */
    private static String doublings() {
        StringBuilder yaml = new StringBuilder("a0: &a0 [x, x]\n");
        for (int i = 1; i < 18; i++) {
            yaml.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
        }
        return yaml.append(NAMES).toString();
    }
}
