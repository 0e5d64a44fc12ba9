package io.synapse.sdk.experiments.internal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ConfigTest {
    /** The table of section 6, and where PyYAML 6.0.3 differs from what its words suggest. */
    static Stream<Arguments> words() {
        return Stream.of(
                Arguments.of("1e-3", "1e-3"),
                Arguments.of("1.0e-3", 0.001),
                Arguments.of("1.5e3", "1.5e3"),
                Arguments.of("yes", true),
                Arguments.of("no", false),
                Arguments.of("on", true),
                Arguments.of("y", "y"),
                Arguments.of("010", 8L),
                Arguments.of("08", "08"),
                Arguments.of("0o10", "0o10"),
                Arguments.of("0b101", 5L),
                Arguments.of("1_000", 1000L),
                Arguments.of("12:30:45", 45045L),
                Arguments.of("1:30.5", 90.5),
                Arguments.of("2024-01-01", "2024-01-01"),
                Arguments.of("~", null),
                Arguments.of("", null),
                Arguments.of(".5", 0.5),
                Arguments.of("-.5", "-.5"),
                Arguments.of("0x10", 16L),
                Arguments.of("-.inf", Double.NEGATIVE_INFINITY),
                Arguments.of("'1'", "1"),
                Arguments.of("18446744073709551616", BigInteger.ONE.shiftLeft(64)));
    }

    @ParameterizedTest
    @MethodSource("words")
    void aWordMeansWhatItMeansForTheTraining(String word, @Nullable Object value) {
        assertThat(Config.parse("key: " + word).values()).containsEntry("key", value);
    }

    @Test
    void mergedMappingsComeFirstAndOwnKeysReplaceTheirValues() {
        Config config = Config.parse("b: &b {x: 1, y: 2}\nc: &c {y: 3, z: 4}\nd:\n  w: 0\n  <<: [*b, *c]\n  x: 5\n");

        assertThat(config.values().get("d"))
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsExactly(Map.entry("y", 2L), Map.entry("z", 4L), Map.entry("x", 5L), Map.entry("w", 0L));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    lr: 1\\nlr: 2                 | lr    | 2 | there twice
                    a: {1: x, true: y}            | a.True| 1 | there twice
                    a.b: 1\\na: {b: 2}            | a.b   | 2 | there twice
                    a: 1\\na.b: 2                 | a.b   | 2 | has a value
                    a: !!python/tuple [1]         | a     | 1 | tags
                    a: ! x                        | a     | 1 | tags
                    a: &x [*x]                    | a[0]  | 1 | contains itself
                    a: *x                         | a     | 1 | no anchor
                    a: &x 1\\nb: &x 2             | b     | 2 | there twice
                    a: {{name}}                   | a     | 1 | needs quotes
                    a: 2024-13-01                 | a     | 1 | no date
                    a: 0x_                        | a     | 1 | no digits
                    a: =                          | a     | 1 | no value
                    b: {<<: 1}                    | b     | 1 | merges
                    b: [<<]                       | b[0]  | 1 | no value
                    1: x                          | 1     | 1 | no text
                    a: {0.5: x}                   | a.0.5 | 1 | no text
                    a: [1, 2\\nb: 3               | a[2]  | 2 | not YAML
                    a: x\\ay                        | ''    | 1 | U+0007
                    a: 1\\n---\\nb: 2             | ''    | 2 | one document
                    - 1                           | ''    | 1 | is a mapping
                    {}                            | ''    | 1 | at least one key
                    ''                            | ''    | 1 | at least one key
                    """)
    void whatTheTrainingCannotReadIsRefusedWithItsPlace(String text, String path, int line, String words) {
        assertThatThrownBy(() -> Config.parse(text.replace("\\n", "\n").replace("\\a", "\u0007")))
                .isInstanceOfSatisfying(
                        ConfigException.class,
                        e -> assertThat(e.problem()).satisfies(problem -> {
                            assertThat(problem.path()).isEqualTo(path);
                            assertThat(problem.line()).isEqualTo(line);
                            assertThat(problem.message()).contains(words);
                        }));
    }

    /** Each would cost a naive reader seconds, its stack or its memory. */
    static Stream<Arguments> bombs() {
        String aliases = "a0: &a0 [x, x]\n"
                + IntStream.range(1, 48)
                        .mapToObj(i -> "a" + i + ": &a" + i + " [*a" + (i - 1) + ", *a" + (i - 1) + "]\n")
                        .collect(Collectors.joining());
        String chain = "a0: &a0 [x]\n"
                + IntStream.range(1, 20_000)
                        .mapToObj(i -> "a" + i + ": &a" + i + " [*a" + (i - 1) + "]\n")
                        .collect(Collectors.joining());
        String merges = "a: &a {" + numbers(": 1, ", 40_000) + ": 1}\n"
                + IntStream.range(0, 10_000)
                        .mapToObj(i -> "b" + i + ": {<<: *a}\n")
                        .collect(Collectors.joining());
        String axes = IntStream.range(0, 9)
                .mapToObj(i -> "k" + i + ": [" + numbers(", ", 10) + "]\n")
                .collect(Collectors.joining());
        return Stream.of(
                Arguments.of("aliases of aliases", aliases, "at most 100000 values"),
                Arguments.of("nested aliases", chain, "at most 50 deep"),
                Arguments.of("merges", merges, "at most 100000 values"),
                Arguments.of("brackets", "a: " + "[".repeat(60_000), "at most 50 deep"),
                Arguments.of("block lists", "a:\n  " + "- ".repeat(60_000) + "x", "at most 50 deep"),
                Arguments.of("combinations", axes, "1000000000 runs"),
                Arguments.of("many combinations", axes + axes.replace("k", "l") + axes.replace("k", "m"), "9e18 runs"),
                Arguments.of("values", "a: [" + numbers(", ", 110_000) + "]", "at most 100000 values"),
                Arguments.of("dotted key", "a" + ".b".repeat(500) + ": 1", "at most 50 deep"),
                Arguments.of("long dotted key", "? " + "a.".repeat(500_000) + "b\n: 1", "at most 1024 characters"),
                Arguments.of(
                        "long key of a long list",
                        "? " + "k".repeat(700_000) + "\n: [" + "1e3,".repeat(60_000) + "1]",
                        "at most 1024 characters"),
                Arguments.of("length", "a: " + "x".repeat(5 << 20), "at most 1048576 bytes"),
                Arguments.of("digits", "a: " + "1".repeat(1 << 19), "at most 4300"),
                Arguments.of("sexagesimal digits", "a: 1" + ":59".repeat(200_000), "at most 100 characters"));
    }

    private static String numbers(String separator, int count) {
        return IntStream.range(0, count).mapToObj(Integer::toString).collect(Collectors.joining(separator));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bombs")
    void whatIsLargerThanItLooksIsRefusedAtOnce(String name, String text, String words) {
        // Of the processor, as other programs may have it for longer; of several times, as the first ones are
        // interpreted. To be refused within 200 ms, with some room for slow processors: what is composed takes seconds.
        Duration fastest = IntStream.range(0, 8)
                .mapToObj(i -> processorTimeOf(() -> assertThatThrownBy(() -> Config.parse(text))
                        .isInstanceOf(ConfigException.class)
                        .hasMessageContaining(words)))
                .min(Duration::compareTo)
                .orElseThrow();

        assertThat(fastest).isLessThan(Duration.ofSeconds(1));
    }

    private static Duration processorTimeOf(Runnable work) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadCpuTime();
        work.run();
        return Duration.ofNanos(threads.getCurrentThreadCpuTime() - before);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    lr: 1e-3                  | lr | as a number it is 0.001
                    a: {n: [1, yes]}          | a.n[1] | reads yes as true; YAML 1.2 reads text
                    a: 010                    | a | reads 010 as 8; YAML 1.2 reads another number
                    a: 1_000                  | a | as 1000
                    a: 2024-01-01             | a | as a date
                    a: 0o10                   | a | quote it
                    a: {<<: {b: 1}}           | a | merges
                    optimizer: [adam(lr=0.001), sgd(lr=0.01, momentum=0.9)] | optimizer | "sgd(lr=0.01" is an element
                    """)
    void whatMayNotBeMeantIsWarnedOf(String text, String path, String words) {
        assertThat(Config.parse(text).warnings()).singleElement().satisfies(warning -> {
            assertThat(warning.path()).isEqualTo(path);
            assertThat(warning.message()).contains(words);
        });
    }

    @Test
    void whatBothVersionsOfYamlReadAlikeIsNotWarnedOf() {
        Config config = Config.parse(
                "a: 1\nb: 0.5\nc: [adam(lr=0.1), 'sgd(a, b)', x]\nd: '1e-3'\ne: null\nf: true\ng: .nan\nh:\ni: ~\nj: 0x1F\n");

        assertThat(config.warnings()).isEmpty();
    }

    @Test
    void longNumbersNeedLittleStack() throws Exception {
        Thread small = new Thread(null, () -> Config.parse("a: 1" + ":59".repeat(33)), "small stack", 256 << 10);
        List<Throwable> failures = new CopyOnWriteArrayList<>();
        small.setUncaughtExceptionHandler((thread, failure) -> failures.add(failure));

        small.start();
        small.join();

        assertThat(failures).isEmpty();
    }
}
