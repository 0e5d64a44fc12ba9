package io.synapse.sdk.internal.tail;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Text is known again however it is cut, and with whatever line ends. */
class LineContentTest {
    private static final String[] SOME = {
        "line 17 of a log", "é", "漢字", "😀", "\n", "\r\n", "\r", "a", "\n\n", "50%\r100%"
    };

    private final Random random = new Random(11);

    @Test
    void theSameTextIsTheSameHoweverItIsCutAndWhateverItsLineEnds() {
        for (int round = 0; round < 20_000; round++) {
            String text = text();
            LineContent whole = content(text);
            LineContent pieces = content(LineSplitterTest.pieces(text, random));
            String bare = text.replaceAll("[\r\n]", "");

            assertThat(pieces.checksum()).as(text).isEqualTo(whole.checksum());
            assertThat(pieces.finalEnds()).as(text).isEqualTo(whole.finalEnds());
            assertThat(pieces.last()).as(text).isEqualTo(whole.last());
            assertThat(content(bare).checksum()).as(text).isEqualTo(whole.checksum());
            assertThat(whole.length()).isEqualTo(LineSplitterTest.utf8(bare).length);
        }
    }

    @Test
    void anotherTextOfTheSameLengthIsAnother() {
        assertThat(content("epoch 1 of 20\nepoch 3 of 20\n").checksum())
                .isNotEqualTo(content("epoch 1 of 20\nepoch 2 of 20\n").checksum());
    }

    @Test
    void onlyFinalLineEndsCountAndAPairIsOne() {
        assertThat(content("\n\none\n\ntwo\r\n\r\n\n50%\r").finalEnds()).isOne();
        assertThat(content("one\r\n\r\n\n").finalEnds()).isEqualTo(3);
        assertThat(content("one\r", "\n").finalEnds()).isOne();
        assertThat(content("one").finalEnds()).isZero();
    }

    private static LineContent content(String... pieces) {
        return content(Stream.of(pieces).map(LineSplitterTest::utf8).toList());
    }

    private static LineContent content(List<byte[]> pieces) {
        LineContent content = new LineContent();
        pieces.forEach(piece -> content.append(piece, 0, piece.length));
        return content;
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        for (int parts = random.nextInt(12); parts > 0; parts--) {
            text.append(SOME[random.nextInt(SOME.length)]);
        }
        return text.toString();
    }
}
