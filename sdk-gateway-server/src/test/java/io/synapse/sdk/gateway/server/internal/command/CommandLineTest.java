package io.synapse.sdk.gateway.server.internal.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A line is split as a shell would split it, or refused. */
class CommandLineTest {
    static Stream<Arguments> lines() {
        return Stream.of(
                Arguments.of("", List.of()),
                Arguments.of("  echo   a\tb ", List.of("echo", "a", "b")),
                Arguments.of("echo 'a  b' \"c d\"", List.of("echo", "a  b", "c d")),
                Arguments.of("echo '' \"\"", List.of("echo", "", "")),
                Arguments.of("echo a'b'\"c\"d", List.of("echo", "abcd")),
                Arguments.of("echo 'a\\tb;$x`|'", List.of("echo", "a\\tb;$x`|")),
                Arguments.of("echo \"a\\\"b\\\\c\\n\\$x\"", List.of("echo", "a\"b\\c\\n$x")),
                Arguments.of("echo a\\ b \\; \\'", List.of("echo", "a b", ";", "'")),
                Arguments.of("ls *.py [a] {b} ~ # x", List.of("ls", "*.py", "[a]", "{b}", "~", "#", "x")));
    }

    @ParameterizedTest
    @MethodSource("lines")
    void aLineIsSplitIntoWords(String line, List<String> words) throws Exception {
        assertThat(CommandLine.words(line)).isEqualTo(words);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a; b",
                "a & b",
                "a | b",
                "a > b",
                "a < b",
                "a $(b)",
                "a $b",
                "a `b`",
                "a \"$b\"",
                "a \"`b`\"",
                "a\nb",
                "'a",
                "\"a",
                "a\\"
            })
    void whatOnlyAShellCanDoIsRefused(String line) {
        assertThatThrownBy(() -> CommandLine.words(line)).isInstanceOf(CommandLine.SyntaxException.class);
    }
}
