package io.synapse.sdk.internal.tail;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Text is known again however it is cut, and with whatever line ends. */
class SolidTextTest {
    private static final String[] SOME = {
        "line 17 of a log", "é", "漢字", "😀", "\n", "\r\n", "\r", "a", "\n\n", "50%\r100%"
    };

    private final Random random = new Random(11);

    @Test
    void theSameTextIsTheSameHoweverItIsCutAndWhateverItsLineEnds() {
        for (int round = 0; round < 20_000; round++) {
            String text = text();
            SolidText whole = new SolidText();
            whole.add(text);
            SolidText pieces = new SolidText();
            for (String piece : LineCutterTest.pieces(text, random)) {
                pieces.add(piece);
            }
            SolidText characters = new SolidText();
            String bare = text.replaceAll("[\r\n]", "");
            bare.chars().forEach(c -> characters.add((char) c));

            assertThat(pieces.isSameAs(whole)).as(text).isTrue();
            assertThat(characters.isSameAs(whole)).as(text).isTrue();
            assertThat(whole.length()).isEqualTo(bare.length());
        }
    }

    @Test
    void anotherTextOfTheSameLengthIsAnother() {
        SolidText one = new SolidText();
        one.add("epoch 1 of 20\nepoch 2 of 20\n");
        SolidText other = new SolidText();
        other.add("epoch 1 of 20\nepoch 3 of 20\n");
        assertThat(other.isSameAs(one)).isFalse();
        other.clear();
        other.add("epoch 1 of 20epoch 2 of 20");
        assertThat(other.isSameAs(one)).isTrue();
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        for (int parts = random.nextInt(12); parts > 0; parts--) {
            text.append(SOME[random.nextInt(SOME.length)]);
        }
        return text.toString();
    }
}
