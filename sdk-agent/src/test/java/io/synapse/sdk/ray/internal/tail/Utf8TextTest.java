package io.synapse.sdk.ray.internal.tail;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Bytes cut anywhere give the text that they give in one piece. */
class Utf8TextTest {
    private static final String TEXT = "plain, ünïcode, 漢字, 🎉🎉, \u0000, end";

    @Test
    void cutsBetweenAndWithinCharactersChangeNothing() {
        byte[] garbage = new byte[300];
        Random random = new Random(5);
        for (int round = 0; round < 2_000; round++) {
            random.nextBytes(garbage);
            byte[] bytes = round % 2 == 0 ? TEXT.getBytes(StandardCharsets.UTF_8) : garbage;
            assertThat(decoded(bytes, random)).isEqualTo(new String(bytes, StandardCharsets.UTF_8));
        }
    }

    @Test
    void aCharacterWaitsForItsRest() {
        Utf8Text text = new Utf8Text(8);
        byte[] party = "🎉".getBytes(StandardCharsets.UTF_8);
        assertThat(text.decode(new byte[] {'a', party[0], party[1]}, 3)).isEqualTo("a");
        assertThat(text.waiting()).isEqualTo(2);
        assertThat(text.decode(new byte[] {party[2], party[3], 'b'}, 3)).isEqualTo("🎉b");
        assertThat(text.waiting()).isZero();
    }

    @Test
    void aRestThatNeverComesIsReplacedAtTheEnd() {
        Utf8Text text = new Utf8Text(8);
        assertThat(text.decode(new byte[] {'a', (byte) 0xC3}, 2)).isEqualTo("a");
        assertThat(text.end()).isEqualTo("\uFFFD");
    }

    private static String decoded(byte[] bytes, Random random) {
        Utf8Text text = new Utf8Text(7);
        StringBuilder whole = new StringBuilder();
        for (int from = 0; from < bytes.length; ) {
            int length = Math.min(random.nextInt(8), bytes.length - from);
            whole.append(text.decode(Arrays.copyOfRange(bytes, from, from + length), length));
            from += length;
        }
        return whole.append(text.end()).toString();
    }
}
