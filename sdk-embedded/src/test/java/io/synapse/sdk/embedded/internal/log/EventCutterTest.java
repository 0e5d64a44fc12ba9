package io.synapse.sdk.embedded.internal.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a log is cut: no event too large, no line cut that fits, no character cut at all. */
class EventCutterTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LIMIT = 1_024;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "short\n",
                "no newline at the end",
                "one\r\ntwo\r\n",
                "10%\r20%\r30%\r",
                "späße 漢字 😀😀😀\n",
                "\u0000\u0001\u001f\"\\/\u007f\u2028\n",
                ""
            })
    void whatFitsIsOneEventWithTheExactText(String text) {
        assertThat(String.join("", messages(text))).isEqualTo(text);
        assertThat(messages(text)).hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void asManyWholeLinesAsFitGoTogether() {
        String text = "a line of twenty-six chars\n".repeat(200);

        List<String> messages = messages(text);

        assertThat(String.join("", messages)).isEqualTo(text);
        assertThat(messages).allMatch(message -> message.endsWith("\n"));
        assertThat(messages.subList(0, messages.size() - 1)).allMatch(message -> message.length() > LIMIT - 150);
    }

    @Test
    void aLongLineComesInFullPiecesAndTheNextLineIsWholeAgain() {
        String text = "x".repeat(5_000) + "\nnext\n";

        List<String> messages = messages(text);

        assertThat(String.join("", messages)).isEqualTo(text);
        assertThat(messages.get(0)).hasSizeGreaterThan(LIMIT - 100).doesNotContain("\n");
        assertThat(messages.get(messages.size() - 1)).endsWith("\nnext\n");
    }

    @Test
    void noCharacterIsCutAndNoEventIsTooLargeWhateverTheText() throws JsonProcessingException {
        Random random = new Random(7);
        String[] alphabet = {"a", "\n", "\r", "ä", "漢", "😀", "\"", "\\", "\u0000", "\t"};
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 50_000; i++) {
            text.append(alphabet[random.nextInt(alphabet.length)]);
        }

        StringBuilder read = new StringBuilder();
        for (String event : events(text.toString().getBytes(StandardCharsets.UTF_8))) {
            assertThat(("data: " + event).getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(LIMIT);
            String message = JSON.readTree(event).path("message").asText();
            assertThat(Character.isHighSurrogate(message.charAt(message.length() - 1)))
                    .isFalse();
            read.append(message);
        }
        assertThat(read).hasToString(text.toString());
    }

    @Test
    void garbageBecomesReplacementCharactersAndTheOffsetsStayTrue() throws JsonProcessingException {
        byte[] garbage = new byte[100_000];
        new Random(11).nextBytes(garbage);

        List<String> events = events(garbage);

        int from = 0;
        for (String event : events) {
            assertThat(("data: " + event).getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(LIMIT);
            JsonNode read = JSON.readTree(event);
            int to = read.path("offset").asInt();
            assertThat(read.path("message").asText())
                    .isEqualTo(new String(garbage, from, to - from, StandardCharsets.UTF_8));
            from = to;
        }
        assertThat(from).isEqualTo(garbage.length);
    }

    /** Bytes that begin characters, go on with them and break them off, in one line: every cut falls among them. */
    @Test
    void garbageReadsTheSameHoweverItIsCut() {
        int[] alphabet = {0xc3, 0xe0, 0xed, 0xf0, 0xf4, 0xf5, 0xff, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 'a'};
        Random random = new Random(13);
        byte[] garbage = new byte[500_000];
        for (int i = 0; i < garbage.length; i++) {
            garbage[i] = (byte) alphabet[random.nextInt(alphabet.length)];
        }

        String read = events(garbage).stream().map(EventCutterTest::message).collect(Collectors.joining());

        // Not isEqualTo: a failure would print all of it.
        assertThat(read.equals(new String(garbage, StandardCharsets.UTF_8))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ä", "漢", "😀"})
    void theFirstBytesOfACharacterWaitForTheOthersUnlessNoneWillCome(String character) {
        byte[] whole = ("a" + character).getBytes(StandardCharsets.UTF_8);
        EventCutter cutter = new EventCutter(LIMIT);
        for (int length = 2; length < whole.length; length++) {
            assertThat(cutter.endOfEvent(whole, 0, length, false)).isEqualTo(1);
            assertThat(cutter.endOfEvent(whole, 1, length, false)).isEqualTo(1);
            assertThat(cutter.endOfEvent(whole, 0, length, true)).isEqualTo(length);
        }
        assertThat(cutter.endOfEvent(whole, 0, whole.length, false)).isEqualTo(whole.length);
    }

    @ParameterizedTest
    @ValueSource(ints = {0xc0, 0xc1, 0xf5, 0xff, 0x80})
    void aByteThatBeginsNoCharacterDoesNotWait(int first) {
        assertThat(new EventCutter(LIMIT).endOfEvent(new byte[] {(byte) first}, 0, 1, false))
                .isEqualTo(1);
    }

    private static List<String> messages(String text) {
        return events(text.getBytes(StandardCharsets.UTF_8)).stream()
                .map(EventCutterTest::message)
                .toList();
    }

    private static String message(String event) {
        try {
            return JSON.readTree(event).path("message").asText();
        } catch (JsonProcessingException e) {
            throw new AssertionError(event, e);
        }
    }

    private static List<String> events(byte[] log) {
        EventCutter cutter = new EventCutter(LIMIT);
        List<String> events = new ArrayList<>();
        int from = 0;
        while (from < log.length) {
            int end = cutter.endOfEvent(log, from, log.length, true);
            events.add(EventCutter.event(log, from, end, end));
            from = end;
        }
        return events;
    }
}
