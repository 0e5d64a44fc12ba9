package io.synapse.sdk.internal.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synapse.sdk.ServerSentEvent;
import io.synapse.sdk.internal.http.MessageTooLargeException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The framing of server-sent events, as the standard has it, wherever the bytes are cut. */
class EventParserTest {
    static Stream<Arguments> streams() {
        return Stream.of(
                of("data: a\n\n", event("message", "a", null)),
                of("data: a\r\rdata: b\r\n\r\ndata: c\n\n", "a", "b", "c"),
                of("data: a\r\n\ndata: b\n\r\ndata: c\r\r\n", "a", "b", "c"),
                of("data: a\ndata: b\rdata\r\ndata:\n\n", "a\nb\n\n"),
                of("data:a\ndata:  b\n\n", "a\n b"),
                of("data: a: b\n\n", "a: b"),
                of("data\n\n", ""),
                of("data\ndata\n\n", "\n"),
                of(":\n: heartbeat\n\n:x\n\ndata: a\n\n", "a"),
                of("\n\r\n\r\r\ndata: a\n\n\n\n", "a"),
                of("event: x\nid: s:1\ndata: a\n\ndata: b\n\n", event("x", "a", "s:1"), event("message", "b", null)),
                of("event: x\nid: 1\n\ndata: a\n\n", "a"),
                of("event: x\nevent: y\nid: 1\nid\ndata: a\n\n", event("y", "a", "")),
                of("id: 1\nid: 2\0\ndata: a\n\n", event("message", "a", "1")),
                of("retry: 10\nother: 1\nDATA: x\n data: y\ndata: a\n\n", "a"),
                of("\uFEFFdata: a\n\n\uFEFFdata: b\n\ndata: \uFEFFc\n\n", "a", "\uFEFFc"),
                of("\uFEFF\uFEFFdata: a\n\n"),
                of("data: caf\u00e9 \u2713 \ud83d\ude00\n\n", "caf\u00e9 \u2713 \ud83d\ude00"),
                of("data: a\u2028b\u0085c\u000bd\n\n", "a\u2028b\u0085c\u000bd"),
                of("data: a\n\ndata: b\n", "a"),
                of("data: a\n\ndata: b", "a"),
                of(""));
    }

    @ParameterizedTest
    @MethodSource("streams")
    void eventsAreTheSameWhereverTheBytesAreCut(String text, List<ServerSentEvent> events) throws Exception {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);

        assertThat(parse(bytes, bytes.length, bytes.length)).isEqualTo(events);
        for (int first = 0; first <= bytes.length; first++) {
            for (int second = first; second <= bytes.length; second++) {
                assertThat(parse(bytes, first, second)).isEqualTo(events);
            }
        }
    }

    @Test
    void bytesThatAreNoTextBecomeReplacementCharacters() throws Exception {
        byte[] bytes = {'d', 'a', 't', 'a', ':', (byte) 0xFF, (byte) 0xC3, '\n', '\n'};

        assertThat(parse(bytes, 3, 6)).containsExactly(event("message", "\uFFFD\uFFFD", null));
    }

    /** Memory is bounded, whatever the event consists of. */
    @Test
    void anEventWithoutAnEndIsRefused() {
        byte[] some = new byte[1 << 20];
        Arrays.fill(some, (byte) 'x');
        for (String before : List.of("", "data: ", "data: x\n")) {
            EventParser parser = new EventParser();
            assertThatThrownBy(() -> {
                        parser.add(before.getBytes(StandardCharsets.UTF_8), before.length());
                        for (int size = 0; size <= EventParser.MAX_EVENT_BYTES; size += some.length) {
                            parser.add(some, some.length);
                        }
                    })
                    .isInstanceOf(MessageTooLargeException.class);
        }
    }

    private static List<ServerSentEvent> parse(byte[] bytes, int first, int second) throws MessageTooLargeException {
        EventParser parser = new EventParser();
        List<ServerSentEvent> events = new ArrayList<>();
        int from = 0;
        for (int to : new int[] {first, second, bytes.length}) {
            parser.add(Arrays.copyOfRange(bytes, from, to), to - from);
            from = to;
            for (ServerSentEvent event = parser.poll(); event != null; event = parser.poll()) {
                events.add(event);
            }
        }
        return events;
    }

    private static Arguments of(String text, Object... events) {
        return Arguments.of(
                text,
                Stream.of(events)
                        .map(event -> event instanceof String data ? event("message", data, null) : event)
                        .toList());
    }

    private static ServerSentEvent event(String name, String data, @Nullable String id) {
        return new ServerSentEvent(name, data, id);
    }
}
