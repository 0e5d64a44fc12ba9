package io.synapse.sdk.agent.internal.tail;

import static org.assertj.core.api.Assertions.assertThat;

import io.synapse.sdk.internal.tail.LogEvent;
import io.synapse.sdk.internal.tail.LogEvent.Complete;
import io.synapse.sdk.internal.tail.LogEvent.Form;
import io.synapse.sdk.internal.tail.LogEvent.Heartbeat;
import io.synapse.sdk.internal.tail.LogEvent.Text;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What an agent's events mean: wire/agent.md, section 5. */
class AgentEventTest {
    static Stream<Arguments> events() {
        return Stream.of(
                Arguments.of("{\"type\": \"log\", \"message\": \"a\\nb\"}", maybeLine("a\nb")),
                Arguments.of("{\"type\": \"log\", \"message\": \"a\", \"offset\": 7}", new Text("a", 7, Form.EXACT)),
                Arguments.of("{\"offset\": 7, \"message\": \"a\", \"type\": \"log\"}", new Text("a", 7, Form.EXACT)),
                Arguments.of("{\"type\": \"log\", \"message\": \"\"}", maybeLine("")),
                Arguments.of("{\"type\": \"log\", \"message\": \"\", \"offset\": 7}", null),
                Arguments.of("{\"type\": \"log\"}", null),
                Arguments.of("{\"type\": \"log\", \"message\": null}", null),
                Arguments.of("{\"type\": \"log\", \"message\": 42}", maybeLine("42")),
                Arguments.of("{\"type\": \"log\", \"message\": {\"a\": [1, \"é\"]}}", maybeLine("{\"a\": [1, \"é\"]}")),
                Arguments.of("{\"type\": \"complete\", \"message\": \"done\"}", new Complete()),
                Arguments.of("{\"type\": \"error\", \"message\": \"no\"}", new LogEvent.Error("no")),
                Arguments.of("{\"type\": \"error\"}", new LogEvent.Error("")),
                Arguments.of("{\"type\": \"heartbeat\"}", new Heartbeat()),
                Arguments.of("{\"type\": \"connected\"}", null),
                Arguments.of("{\"type\": \"connected\", \"message\": \"hello\"}", maybeLine("hello")),
                Arguments.of("{\"type\": \"a new one\", \"x\": {\"type\": \"log\"}}", null),
                Arguments.of("plain text", bare("plain text")),
                Arguments.of("", bare("")),
                Arguments.of("{\"message\": \"no type\"}", bare("{\"message\": \"no type\"}")),
                Arguments.of("{\"type\": 1}", bare("{\"type\": 1}")),
                Arguments.of("[\"type\"]", bare("[\"type\"]")),
                Arguments.of("{\"type\": \"log\"} and more", bare("{\"type\": \"log\"} and more")),
                Arguments.of("{'loss': 0.3}", bare("{'loss': 0.3}")));
    }

    @ParameterizedTest
    @MethodSource
    void events(String event, @Nullable LogEvent expected) {
        byte[] bytes = ("xx" + event + "x").getBytes(StandardCharsets.UTF_8);
        assertThat(AgentEvent.decode(bytes, 2, bytes.length - 3, Form.LINE)).isEqualTo(expected);
    }

    @Test
    void bytesThatAreNoCharactersInJsonAreRepaired() {
        byte[] bytes = "{\"type\": \"log\", \"message\": \"aXb\"}".getBytes(StandardCharsets.ISO_8859_1);
        bytes[new String(bytes, StandardCharsets.ISO_8859_1).indexOf('X')] = (byte) 0xFF;
        assertThat(AgentEvent.decode(bytes, 0, bytes.length, Form.LINE)).isEqualTo(maybeLine("a\uFFFDb"));
    }

    private static LogEvent maybeLine(String text) {
        return new Text(text, Text.UNKNOWN, Form.TEXT_OR_LINE);
    }

    private static LogEvent bare(String text) {
        return new Text(text, Text.UNKNOWN, Form.LINE);
    }
}
