package io.synapse.sdk.internal.tail;

import static io.synapse.sdk.internal.tail.LogSink.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Text counts once, whether a server counts it or starts over. */
class ReplayVerifierTest {
    private ReplayVerifier verifier = new ReplayVerifier(false);

    @Test
    void aServerThatCountsGoesOnWhereItStopped() {
        connected();
        assertThat(counted("αβ", 4)).isEqualTo("αβ");
        assertThat(verifier.offset()).isEqualTo(4);
        connected();
        assertThat(counted("γ", 6)).isEqualTo("γ");
    }

    @Test
    void whatOverlapsIsTrimmed() {
        connected();
        counted("one\ntwo\n", 8);
        connected();
        assertThat(counted("one\n", 4)).isEmpty();
        assertThat(counted("two\nthree\n", 14)).isEqualTo("three\n");
        assertThat(counted("four\n", 19)).isEqualTo("four\n");
    }

    @Test
    void whatIsMissingIsAnError() {
        connected();
        counted("one\n", 4);
        assertThatThrownBy(() -> repeated("three\n", 14))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("after byte 4 comes byte 8");
    }

    @Test
    void invalidBytesAreLongerAsTextThanInTheLog() {
        connected();
        assertThat(counted("\uFFFD\uFFFD\uFFFD\uFFFD", 4)).hasSize(4);
        assertThat(counted("\uFFFD\uFFFD\n", 7)).hasSize(3);
        connected();
        assertThat(counted("\uFFFD\uFFFDx", 10)).hasSize(3);
        assertThat(verifier.needsStartTime()).isTrue();
        assertThat(verifier.offset()).isEqualTo(10);
    }

    @Test
    void aServerThatStartsOverIsSkippedHoweverItFramesItsText() {
        String text = "one\n\ntwo\r\n50%\r100%\n\n\nlast";
        Random random = new Random(3);
        for (int round = 0; round < 3_000; round++) {
            ReplayVerifier fresh = new ReplayVerifier(false);
            StringBuilder delivered = new StringBuilder();
            for (int reached = 0; reached < text.length(); ) {
                reached = Math.min(text.length(), reached + random.nextInt(5));
                fresh.connected();
                for (byte[] piece : LineSplitterTest.pieces(text.substring(0, reached), random)) {
                    delivered.append(advance(fresh, piece, UNKNOWN));
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
                ReplayVerifier fresh = new ReplayVerifier(false);
                fresh.connected();
                String delivered = advance(fresh, bare.substring(0, reached), UNKNOWN);
                fresh.connected();
                for (byte[] piece : LineSplitterTest.pieces(paired + "\n10%\r20%", random)) {
                    delivered += advance(fresh, piece, UNKNOWN);
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
        assertThat(verifier.isCaughtUp()).isFalse();
        uncounted("one\ntw");
        assertThat(verifier.isCaughtUp()).isFalse();
        uncounted("o");
        assertThat(verifier.isCaughtUp()).isTrue();
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
        assertThat(verifier.offset()).isZero();
        connected();
        assertThat(counted("one\r\ntwo\r\n50%\r", 14)).isEmpty();
        assertThat(counted("100%\n", 19)).isEqualTo("100%\n");
        assertThat(verifier.isCaughtUp()).isTrue();
        assertThat(verifier.offset()).isZero();
    }

    @Test
    void anotherTextOfTheSameLengthIsNotTakenForTheSame() {
        connected();
        uncounted("one\ntwo\n");
        connected();
        assertThat(uncounted("one\ntw")).isEmpty();
        assertThatThrownBy(() -> repeated("x\nthree\n", UNKNOWN)).isInstanceOf(LogLostSignal.class);
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
        verifier.connected();
    }

    private String counted(String text, long end) {
        return advance(verifier, text.getBytes(StandardCharsets.UTF_8), end);
    }

    private String uncounted(String text) {
        return counted(text, UNKNOWN);
    }

    private int repeated(String text, long end) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return verifier.repeated(bytes, 0, bytes.length, end);
    }

    private static String advance(ReplayVerifier verifier, String text, long end) {
        return advance(verifier, text.getBytes(StandardCharsets.UTF_8), end);
    }

    /** What is new, one char for each byte where that is no whole text. */
    private static String advance(ReplayVerifier verifier, byte[] bytes, long end) {
        try {
            int repeated = verifier.repeated(bytes, 0, bytes.length, end);
            verifier.delivered(bytes, repeated, bytes.length - repeated);
            return new String(bytes, repeated, bytes.length - repeated, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
