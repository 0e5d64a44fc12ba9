package io.synapse.sdk.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** The search by eights finds what a search by ones does. */
class ByteSearchTest {
    @Test
    void theFirstIsFoundWhereverItIs() {
        Random random = new Random(7);
        for (int round = 0; round < 200_000; round++) {
            byte[] bytes = new byte[random.nextInt(40)];
            random.nextBytes(bytes);
            for (int at = 0; at < bytes.length; at++) {
                bytes[at] = random.nextInt(8) == 0 ? (byte) '\n' : bytes[at];
            }
            int to = random.nextInt(bytes.length + 1);
            int from = random.nextInt(to + 1);
            assertThat(ByteSearch.indexOf(bytes, from, to, '\n')).isEqualTo(oneByOne(bytes, from, to));
        }
    }

    private static int oneByOne(byte[] bytes, int from, int to) {
        for (int at = from; at < to; at++) {
            if (bytes[at] == '\n') {
                return at;
            }
        }
        return -1;
    }
}
