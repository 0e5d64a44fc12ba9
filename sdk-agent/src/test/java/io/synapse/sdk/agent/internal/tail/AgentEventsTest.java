package io.synapse.sdk.agent.internal.tail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synapse.sdk.internal.tail.LogSink;
import io.synapse.sdk.internal.tail.LogSink.Form;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an agent's events mean: wire/agent.md, section 5. */
class AgentEventsTest {
    private final AgentEvents events = new AgentEvents();

    static Stream<Arguments> events() {
        return Stream.of(
                Arguments.of("{\"type\": \"log\", \"message\": \"a\\nb\"}", "TEXT_OR_LINE -1 a\nb"),
                Arguments.of("{\"type\": \"log\", \"message\": \"a\", \"offset\": 7}", "EXACT 7 a"),
                Arguments.of("{\"offset\": 7, \"message\": \"a\", \"type\": \"log\"}", "EXACT 7 a"),
                Arguments.of("{\"type\": \"log\", \"message\": \"\"}", "TEXT_OR_LINE -1 "),
                Arguments.of("{\"type\": \"log\", \"message\": \"\", \"offset\": 7}", "EXACT 7 "),
                Arguments.of("{\"type\": \"log\"}", null),
                Arguments.of("{\"type\": \"log\", \"message\": null}", null),
                Arguments.of("{\"type\": \"log\", \"message\": 42}", "TEXT_OR_LINE -1 42"),
                Arguments.of(
                        "{\"type\": \"log\", \"message\": {\"a\": [1, \"é\"]}}", "TEXT_OR_LINE -1 {\"a\": [1, \"é\"]}"),
                Arguments.of("{\"type\": \"complete\", \"message\": \"done\"}", "complete -1"),
                Arguments.of("{\"type\": \"complete\", \"offset\": 9}", "complete 9"),
                Arguments.of("{\"type\": \"error\", \"message\": \"no\"}", "error no"),
                Arguments.of("{\"type\": \"error\", \"code\": \"log_lost\", \"message\": \"cut\"}", "lost cut"),
                Arguments.of("{\"type\": \"error\"}", "error "),
                Arguments.of("{\"type\": \"heartbeat\"}", "heartbeat"),
                Arguments.of("{\"type\": \"connected\"}", null),
                Arguments.of("{\"type\": \"connected\", \"log\": \"A\", \"offset\": 5}", "start A 5 false"),
                Arguments.of("{\"type\": \"connected\", \"log\": \"A\", \"offset\": 5, \"tail\": 1}", "start A 5 true"),
                Arguments.of("{\"type\": \"connected\", \"message\": \"hello\"}", "TEXT_OR_LINE -1 hello"),
                Arguments.of("{\"type\": \"a new one\", \"x\": {\"type\": \"log\"}}", null),
                Arguments.of("plain text", "LINE -1 plain text"),
                Arguments.of("", "LINE -1 "),
                Arguments.of("{", "LINE -1 {"),
                Arguments.of("{\"message\": \"no type\"}", "LINE -1 {\"message\": \"no type\"}"),
                Arguments.of("{\"type\": 1}", "LINE -1 {\"type\": 1}"),
                Arguments.of("[\"type\"]", "LINE -1 [\"type\"]"),
                Arguments.of("{'loss': 0.3}", "LINE -1 {'loss': 0.3}"));
    }

    @ParameterizedTest
    @MethodSource
    void events(String event, String expected) throws IOException {
        byte[] bytes = ("xx" + event + "x").getBytes(StandardCharsets.UTF_8);
        assertThat(decode(bytes, 2, bytes.length - 3)).isEqualTo(expected == null ? List.of() : List.of(expected));
    }

    @Test
    void bytesThatAreNoCharactersInJsonStayAsTheyAre() throws IOException {
        byte[] bytes = "{\"type\": \"log\", \"message\": \"aXb\"}".getBytes(StandardCharsets.ISO_8859_1);
        bytes[new String(bytes, StandardCharsets.ISO_8859_1).indexOf('X')] = (byte) 0xFF;
        assertThat(decode(bytes, 0, bytes.length)).containsExactly("TEXT_OR_LINE -1 a\uFFFDb");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\": \"log\", \"message\": \"a",
                "{\"type\": \"log\", \"mess",
                "{\"type\": \"log\"} and more",
                "{\"type\":",
                "{\"type",
                "{ \"ty",
                "{\"",
                "{\"type\":\"log\",\"message\":\"a\"}{\"type\":\"log\",\"message\":\"b\"}"
            })
    void halfAnEventIsABrokenConnection(String event) {
        byte[] bytes = event.getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> decode(bytes, 0, bytes.length)).isInstanceOf(ProtocolException.class);
    }

    @Test
    void aLoneBraceIsHalfAnEventOnceThereWereEvents() throws IOException {
        byte[] event = "{\"type\": \"heartbeat\"}".getBytes(StandardCharsets.UTF_8);
        decode(event, 0, event.length);
        assertThatThrownBy(() -> decode(event, 0, 1)).isInstanceOf(ProtocolException.class);
    }

    @Test
    void aCharacterInTwoHalvesIsOneWhateverReadsTheHalves() throws IOException {
        for (String more : new String[] {"", ", \"x\": null"}) {
            assertThat(decode("a\\ud83d", more)).containsExactly("TEXT_OR_LINE -1 a");
            assertThat(decode("\\ude00b", more)).containsExactly("TEXT_OR_LINE -1 \uD83D\uDE00b");
            assertThat(decode("a\\ud83d", more)).containsExactly("TEXT_OR_LINE -1 a");
            assertThat(decode("b", more)).containsExactly("TEXT_OR_LINE -1 \uFFFDb");
            assertThat(decode("\\ud83d", more)).isEmpty();
            assertThat(decode("\\ude00", more)).containsExactly("TEXT_OR_LINE -1 \uD83D\uDE00");
        }
    }

    private List<String> decode(String message, String more) throws IOException {
        byte[] bytes =
                ("{\"type\": \"log\", \"message\": \"" + message + "\"" + more + "}").getBytes(StandardCharsets.UTF_8);
        return decode(bytes, 0, bytes.length);
    }

    private List<String> decode(byte[] bytes, int from, int length) throws IOException {
        List<String> given = new ArrayList<>();
        events.decode(bytes, from, length, Form.LINE, new Notes(given));
        return given;
    }

    private record Notes(List<String> given) implements LogSink {
        @Override
        public void start(String log, long offset, boolean atLastLines) {
            given.add("start " + log + " " + offset + " " + atLastLines);
        }

        @Override
        public void text(byte[] bytes, int from, int length, long end, Form form) {
            given.add(form + " " + end + " " + new String(bytes, from, length, StandardCharsets.UTF_8));
        }

        @Override
        public void heartbeat() {
            given.add("heartbeat");
        }

        @Override
        public void complete(long length) {
            given.add("complete " + length);
        }

        @Override
        public void end() {
            given.add("end");
        }

        @Override
        public void jobIsOver() {
            given.add("job is over");
        }

        @Override
        public void error(String message) {
            given.add("error " + message);
        }

        @Override
        public void lost(String why) {
            given.add("lost " + why);
        }
    }
}
