package io.synapse.sdk.docker.internal.workspace;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Trailers are found wherever the stream is cut, and content is what it was. */
class TrailerScannerTest {
    private final StringBuilder content = new StringBuilder();
    private final List<String> trailers = new ArrayList<>();
    private final TrailerScanner scanner = new TrailerScanner("word", new TrailerScanner.Receiver() {
        @Override
        public void content(byte[] bytes, int offset, int length) {
            content.append(new String(bytes, offset, length, ISO_8859_1));
        }

        @Override
        public void trailer(String text) {
            trailers.add(text);
            content.append('|');
        }
    });

    @Test
    void contentAndTrailersAreDivided() {
        accept("abc\0word 0\ndef\0word 1 2\n");

        assertThat(content).hasToString("abc|def|");
        assertThat(trailers).containsExactly("0", "1 2");
    }

    @Test
    void anyCutsGiveTheSame() {
        String stream = "\0\0wor\0word 17\n\0\0word 0\nx\0word\0word 5 6\n\0wo";
        for (int seed = 0; seed < 300; seed++) {
            content.setLength(0);
            trailers.clear();
            Random random = new Random(seed);
            for (int at = 0; at < stream.length(); ) {
                int end = Math.min(stream.length(), at + 1 + random.nextInt(6));
                accept(stream.substring(at, end));
                at = end;
            }
            scanner.end();

            assertThat(content).hasToString("\0\0wor|\0|x\0word|\0wo");
            assertThat(trailers).containsExactly("17", "0", "5 6");
        }
    }

    @Test
    void whatLooksLikeTheBeginningOfATrailerIsContentAtTheEnd() {
        accept("abc\0wor");
        assertThat(content).hasToString("abc");

        scanner.end();

        assertThat(content).hasToString("abc\0wor");
    }

    @Test
    void anotherWordIsContent() {
        accept("\0words 0\n");
        scanner.end();

        assertThat(content).hasToString("\0words 0\n");
    }

    private void accept(String piece) {
        scanner.accept(piece.getBytes(ISO_8859_1));
    }
}
