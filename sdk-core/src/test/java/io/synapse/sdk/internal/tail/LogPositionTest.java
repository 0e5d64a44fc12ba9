package io.synapse.sdk.internal.tail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synapse.sdk.TailProtocol;
import io.synapse.sdk.internal.tail.LogEvent.Text;
import java.io.IOException;
import java.net.ProtocolException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Text counts once, whether a server counts it or starts over. */
class LogPositionTest {
    private final TailCounters counters = new TailCounters(TailProtocol.WEBSOCKET);
    private final LogPosition position = new LogPosition(counters);

    @Test
    void aServerThatCountsGoesOnWhereItStopped() {
        connected();
        assertThat(counted("αβ", 4)).isEqualTo("αβ");
        assertThat(position.offset()).isEqualTo(4);
        connected();
        assertThat(counted("γ", 6)).isEqualTo("γ");
        assertThat(counters.snapshot().repeatedBytes()).isZero();
    }

    @Test
    void whatOverlapsIsTrimmed() {
        connected();
        counted("one\ntwo\n", 8);
        connected();
        assertThat(counted("one\n", 4)).isEmpty();
        assertThat(counted("two\nthree\n", 14)).isEqualTo("three\n");
        assertThat(counted("four\n", 19)).isEqualTo("four\n");
        assertThat(counters.snapshot().repeatedBytes()).isEqualTo(8);
    }

    @Test
    void whatIsMissingIsAnError() {
        connected();
        counted("one\n", 4);
        assertThatThrownBy(() -> position.advance("three\n", 14))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("left out 4 bytes");
    }

    @Test
    void invalidBytesAreLongerAsTextThanInTheLog() {
        connected();
        assertThat(counted("\uFFFD\uFFFD\uFFFD\uFFFD", 4)).hasSize(4);
        assertThat(counted("\uFFFD\uFFFD\n", 7)).hasSize(3);
        connected();
        assertThat(counted("\uFFFD\uFFFDx", 10)).hasSize(3);
        assertThat(position.offset()).isEqualTo(10);
    }

    @Test
    void aServerThatStartsOverIsSkippedHoweverItFramesItsText() {
        String text = "one\n\ntwo\r\n50%\r100%\n\n\nlast";
        Random random = new Random(3);
        for (int round = 0; round < 3_000; round++) {
            LogPosition fresh = new LogPosition(counters);
            StringBuilder delivered = new StringBuilder();
            for (int reached = 0; reached < text.length(); ) {
                reached = Math.min(text.length(), reached + random.nextInt(5));
                fresh.connected();
                for (String piece : LineCutterTest.pieces(text.substring(0, reached), random)) {
                    delivered.append(advance(fresh, piece, Text.UNKNOWN));
                }
                assertThat(delivered).hasToString(text.substring(0, reached));
                assertThat(fresh.isCaughtUp()).isTrue();
            }
        }
    }

    @Test
    void aWayThatLosesLineEndsCanTakeOver() {
        connected();
        assertThat(uncounted("one\n\ntwo\nthr")).isEqualTo("one\n\ntwo\nthr");
        connected();
        String rest = "";
        for (String line : List.of("one\n", "two\n", "three\n", "four\n")) {
            rest += uncounted(line);
        }
        assertThat(rest).isEqualTo("ee\nfour\n");
    }

    @Test
    void aCarriageReturnAndItsNewlineAreTheNewlineThatAnotherWayMadeOfThem() {
        String bare = "\none\n\ntwo\n";
        String paired = "\r\none\r\n\r\ntwo\r\n";
        Random random = new Random(5);
        for (int reached = 0; reached <= bare.length(); reached++) {
            for (int round = 0; round < 100; round++) {
                LogPosition fresh = new LogPosition(counters);
                fresh.connected();
                String delivered = advance(fresh, bare.substring(0, reached), Text.UNKNOWN);
                fresh.connected();
                for (String piece : LineCutterTest.pieces(paired + "\n10%\r20%", random)) {
                    delivered += advance(fresh, piece, Text.UNKNOWN);
                }
                assertThat(delivered.replace("\r\n", "\n")).isEqualTo(bare + "\n10%\r20%");
            }
        }
    }

    @Test
    void aLineWithoutEndGetsItsEndFromAServerOfLines() {
        connected();
        uncounted("one\ntwo");
        connected();
        assertThat(uncounted("one\n") + uncounted("two\n") + uncounted("three\n"))
                .isEqualTo("\nthree\n");
    }

    @Test
    void aConnectionThatEndsInTheMiddleOfItsRepetitionHasNotCaughtUp() {
        connected();
        uncounted("one\ntwo\n");
        connected();
        assertThat(position.isCaughtUp()).isFalse();
        uncounted("one\ntw");
        assertThat(position.isCaughtUp()).isFalse();
        uncounted("o");
        assertThat(position.isCaughtUp()).isTrue();
    }

    @Test
    void aGreetingAmongCountedTextIsNoPartOfTheLog() {
        connected();
        counted("one\n", 4);
        assertThat(uncounted("hello")).isEmpty();
        assertThat(counted("two\n", 8)).isEqualTo("two\n");
    }

    @Test
    void onceTextWasNotCountedBytesAreNoMeasureAnyMore() {
        connected();
        assertThat(uncounted("one\ntwo\n50%\n")).isEqualTo("one\ntwo\n50%\n");
        assertThat(position.offset()).isZero();
        connected();
        assertThat(counted("one\r\ntwo\r\n50%\r", 14)).isEmpty();
        assertThat(counted("100%\n", 19)).isEqualTo("100%\n");
        assertThat(position.isCaughtUp()).isTrue();
        assertThat(position.offset()).isZero();
    }

    @Test
    void anotherTextOfTheSameLengthIsNotTakenForTheSame() {
        connected();
        uncounted("one\ntwo\n");
        connected();
        assertThat(uncounted("one\ntw")).isEmpty();
        assertThatThrownBy(() -> position.advance("x\nthree\n", Text.UNKNOWN)).isInstanceOf(ChangedLogException.class);
    }

    @Test
    void theSameTextIsKnownAgainWhateverItsLineEndsAndPieces() {
        connected();
        uncounted("one\r\ntwo\r50%\n");
        connected();
        assertThat(uncounted("on") + uncounted("e\ntwo\n5") + uncounted("0%\nmore"))
                .isEqualTo("more");
    }

    private void connected() {
        position.connected();
    }

    private String counted(String text, long end) {
        return advance(position, text, end);
    }

    private String uncounted(String text) {
        return advance(position, text, Text.UNKNOWN);
    }

    private static String advance(LogPosition position, String text, long end) {
        try {
            return position.advance(text, end);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
