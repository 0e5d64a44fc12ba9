package io.synapse.sdk.docker.internal.workspace;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.synapse.sdk.workspace.GrepResult.Match;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What grep prints, wherever it is cut and whatever names have. */
class GrepReaderTest {
    private static final String MARK = "\0xw \n";
    private static final String OUTPUT =
            "./a.txt:1:x\n./d/b.txt:20:y: z\r\n./bad:3:\377\n./nul:4:a\0b\nBinary file ./q matches\n" + MARK
                    + "./c:1:d.txt" + MARK + "7:one\n9:two\n" + MARK + "./e\nf.txt" + MARK + "1:three\n";

    @Test
    void linesAndFilesWithOddNamesAreMatches() {
        GrepReader reader = new GrepReader("w", name -> true, 100);

        assertThat(take(reader, OUTPUT)).isTrue();
        assertThat(reader.matches("/w"))
                .containsExactly(
                        new Match("/w/a.txt", 1, "x"),
                        new Match("/w/d/b.txt", 20, "y: z"),
                        new Match("/w/c:1:d.txt", 7, "one"),
                        new Match("/w/c:1:d.txt", 9, "two"),
                        new Match("/w/e\nf.txt", 1, "three"));
        assertThat(reader.isTruncated()).isFalse();
    }

    @Test
    void anyCutsGiveTheSame() {
        for (int seed = 0; seed < 100; seed++) {
            Random random = new Random(seed);
            GrepReader reader = new GrepReader("w", name -> true, 100);
            for (int at = 0; at < OUTPUT.length(); ) {
                int end = Math.min(OUTPUT.length(), at + 1 + random.nextInt(9));
                take(reader, OUTPUT.substring(at, end));
                at = end;
            }

            assertThat(reader.matches("/w")).hasSize(5);
        }
    }

    @Test
    void exactlyAsManyAsWantedIsNotTruncated() {
        GrepReader reader = new GrepReader("w", name -> true, 5);
        assertThat(take(reader, OUTPUT)).isTrue();

        GrepReader one = new GrepReader("w", name -> true, 4);
        assertThat(take(one, OUTPUT)).isFalse();
        assertThat(one.matches("/w")).hasSize(4);
        assertThat(one.isTruncated()).isTrue();
    }

    @Test
    void onlyFilesOfThePatternCount() {
        GrepReader reader = new GrepReader("w", GlobPattern.of("d/*.txt")::matches, 1);

        assertThat(take(reader, OUTPUT)).isTrue();
        assertThat(reader.matches("/w")).containsExactly(new Match("/w/d/b.txt", 20, "y: z"));
    }

    private static boolean take(GrepReader reader, String piece) {
        byte[] bytes = piece.getBytes(ISO_8859_1);
        return reader.take(bytes, 0, bytes.length);
    }
}
