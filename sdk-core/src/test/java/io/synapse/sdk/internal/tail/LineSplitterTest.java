package io.synapse.sdk.internal.tail;

import static org.assertj.core.api.Assertions.assertThat;

import io.synapse.sdk.TailProtocol;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Lines are the same however the text was cut into pieces. */
class LineSplitterTest {
    private final TailCounters counters = new TailCounters(TailProtocol.HTTP);

    @Test
    void bothLineEndsEndALineAndALoneReturnStaysInside() {
        assertThat(cut(100, "one\ntwo\r\n50%\r100%\r\n\n\r\nlast"))
                .containsExactly("one", "two", "50%\r100%", "", "", "last");
    }

    @Test
    void aReturnAndANewlineInTwoPiecesAreOneLineEnd() {
        assertThat(cut(100, "one\r", "\ntwo\r", "three\r", "\r", "\n")).containsExactly("one", "two\rthree\r");
    }

    @Test
    void aFinalReturnWithoutNewlineBelongsToTheLastLine() {
        assertThat(cut(100, "50%\r", "100%\r")).containsExactly("50%\r100%\r");
    }

    @Test
    void textThatEndsInANewlineHasNoFurtherLine() {
        assertThat(cut(100, "one\n")).containsExactly("one");
        assertThat(cut(100)).isEmpty();
    }

    @Test
    void aLongLineIsShortenedAndCounted() {
        assertThat(cut(4, "abcdef\nabcd\nab", "cdef\nx")).containsExactly("abcd", "abcd", "abcd", "x");
        assertThat(counters.snapshot().shortenedLines()).isEqualTo(2);
        assertThat(counters.snapshot().omittedBytes()).isEqualTo(4);
    }

    @Test
    void shorteningNeverSplitsACharacter() {
        String smile = "\uD83D\uDE00";
        assertThat(cut(6, "abc" + smile + "d\n", "abc" + smile, "d\nabc", smile + "\n"))
                .containsExactly("abc", "abc", "abc");
        assertThat(counters.snapshot().omittedBytes()).isEqualTo(5 + 5 + 4);
    }

    @Test
    void anEndlessLineTakesNoMemory() {
        TextBuffer text = new TextBuffer();
        LineSplitter splitter = new LineSplitter(text, 10, counters);
        byte[] piece = "x".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 4_096; i++) { // 4 GiB, more than a test's heap has
            text.append(piece, 0, piece.length);
            assertThat(splitter.next()).isNull();
            splitter.drop();
        }
        assertThat(splitter.last()).isEqualTo("xxxxxxxxxx");
        assertThat(counters.snapshot().omittedBytes()).isEqualTo((4096L << 20) - 10);
    }

    @Test
    void aLineIsInTheBufferUntilItIsRemoved() {
        TextBuffer text = new TextBuffer();
        LineSplitter splitter = new LineSplitter(text, 10, counters);
        text.append("one\ntwo".getBytes(StandardCharsets.UTF_8), 0, 7);
        assertThat(splitter.next()).isEqualTo("one");
        assertThat(text.length()).isEqualTo(7);
        splitter.remove();
        assertThat(text.length()).isEqualTo(3);
    }

    @Test
    void everyWayOfCuttingGivesTheSameLines() {
        String text = "α\r\nβγ\r\r\n\n\uD83D\uDE00x\ny\rz\r\n\r";
        List<String> expected = List.of("α", "βγ\r", "", "\uD83D\uDE00x", "y\rz", "\r");
        Random random = new Random(7);
        for (int round = 0; round < 2_000; round++) {
            assertThat(cut(100, counters, pieces(text, random))).isEqualTo(expected);
        }
    }

    @Test
    void shortenedLinesAndOmittedBytesAddUpForEveryWayOfCutting() {
        String text = "0123456789\r\nαβγδεζηθ\n\uD83D\uDE00\uD83D\uDE00\uD83D\uDE00\r\nok\n";
        Random random = new Random(11);
        for (int round = 0; round < 2_000; round++) {
            TailCounters own = new TailCounters(TailProtocol.HTTP);
            List<String> lines = cut(5, own, pieces(text, random));
            assertThat(lines).containsExactly("01234", "αβ", "\uD83D\uDE00", "ok");
            assertThat(own.snapshot().shortenedLines()).isEqualTo(3);
            int kept = String.join("", lines).getBytes(StandardCharsets.UTF_8).length;
            int ends = "\r\n\n\r\n\n".length();
            assertThat(kept + own.snapshot().omittedBytes() + ends)
                    .isEqualTo(text.getBytes(StandardCharsets.UTF_8).length);
        }
    }

    private List<String> cut(int maxLength, String... pieces) {
        return cut(
                maxLength,
                counters,
                Stream.of(pieces).map(LineSplitterTest::utf8).toList());
    }

    private static List<String> cut(int maxLength, TailCounters counters, List<byte[]> pieces) {
        TextBuffer text = new TextBuffer();
        LineSplitter splitter = new LineSplitter(text, maxLength, counters);
        List<String> lines = new ArrayList<>();
        for (byte[] piece : pieces) {
            text.append(piece, 0, piece.length);
            for (String line = splitter.next(); line != null; line = splitter.next()) {
                lines.add(line);
                splitter.remove();
            }
            if (splitter.isTooLong()) {
                splitter.drop();
            }
        }
        String last = splitter.last();
        if (last != null) {
            lines.add(last);
        }
        return lines;
    }

    /** Cuts anywhere, within a character too. */
    static List<byte[]> pieces(String text, Random random) {
        byte[] bytes = utf8(text);
        List<byte[]> pieces = new ArrayList<>();
        for (int from = 0; from < bytes.length; ) {
            int to = Math.min(bytes.length, from + 1 + random.nextInt(4));
            pieces.add(Arrays.copyOfRange(bytes, from, to));
            from = to;
        }
        return pieces;
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
