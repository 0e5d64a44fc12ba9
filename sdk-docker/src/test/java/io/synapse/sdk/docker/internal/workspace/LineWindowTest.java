package io.synapse.sdk.docker.internal.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.synapse.sdk.docker.internal.workspace.PageContent.OffsetPastEnd;
import io.synapse.sdk.docker.internal.workspace.PageContent.Text;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Which lines a window shows, and where the next one begins. */
class LineWindowTest {
    private static final int WIDE = 1_000;

    @Test
    void allLinesOfAShortTextAreShownWithoutTheLastLineEnd() {
        assertThat(window("a\nb\nc\n", 0, 9, WIDE)).isEqualTo(text("a\nb\nc", 1, 3, 3, -1, false));
        assertThat(window("a\nb\nc", 0, 9, WIDE)).isEqualTo(text("a\nb\nc", 1, 3, 3, -1, false));
    }

    @Test
    void aWindowSaysWhereTheNextOneBegins() {
        assertThat(window("a\nb\nc\nd", 1, 2, WIDE)).isEqualTo(text("b\nc", 2, 3, 4, 3, false));
        assertThat(window("a\nb\nc\nd", 2, 2, WIDE)).isEqualTo(text("c\nd", 3, 4, 4, -1, false));
    }

    @Test
    void emptyLinesAreLines() {
        assertThat(window("\n", 0, 9, WIDE)).isEqualTo(text("", 1, 1, 1, -1, false));
        assertThat(window("\n\n\n", 0, 2, WIDE)).isEqualTo(text("\n", 1, 2, 3, 2, false));
        assertThat(window("a\n\nb", 1, 1, WIDE)).isEqualTo(text("", 2, 2, 3, 2, false));
    }

    @Test
    void eachKindOfLineEndIsOneAndShownAsTheSame() {
        assertThat(window("a\r\nb\rc\r\r\nd\n\re", 0, 9, WIDE))
                .isEqualTo(text("a\nb\nc\n\nd\n\ne", 1, 7, 7, -1, false));
    }

    @Test
    void aLineEndOfTwoBytesMayComeInTwoPieces() {
        LineWindow window = new LineWindow(0, 9, WIDE);
        window.add(Pieces.utf8("a\r"), 0, 2);
        window.add(Pieces.utf8("\nb"), 0, 2);

        assertThat(window.content()).isEqualTo(text("a\nb", 1, 2, 2, -1, false));
    }

    @Test
    void anOffsetAfterTheLastLineIsToldWithTheNumberOfLines() {
        assertThat(window("a\nb\n", 2, 9, WIDE)).isEqualTo(new OffsetPastEnd(2, 2));
        assertThat(window("a\nb", Long.MAX_VALUE, Long.MAX_VALUE, WIDE))
                .isEqualTo(new OffsetPastEnd(Long.MAX_VALUE, 2));
    }

    @Test
    void theGreatestLimitIsNone() {
        assertThat(window("a\nb", 1, Long.MAX_VALUE, WIDE)).isEqualTo(text("b", 2, 2, 2, -1, false));
    }

    @Test
    void aLineThatIsCutIsReadAgain() {
        assertThat(window("aa\nbb\ncc", 0, 9, 7)).isEqualTo(text("aa\nbb\nc", 1, 2, 3, 2, true));
    }

    @Test
    void aPageMayEndBetweenTwoLines() {
        assertThat(window("aa\nbb\ncc", 0, 9, 5)).isEqualTo(text("aa\nbb", 1, 2, 3, 2, true));
        assertThat(window("aa\nbb\ncc", 0, 9, 6)).isEqualTo(text("aa\nbb", 1, 2, 3, 2, true));
        assertThat(window("aa\n\ncc", 0, 9, 3)).isEqualTo(text("aa\n", 1, 2, 3, 2, true));
    }

    @Test
    void aTextThatJustFitsIsNotCut() {
        assertThat(window("aa\nbb\n", 0, 9, 5)).isEqualTo(text("aa\nbb", 1, 2, 2, -1, false));
        assertThat(window("aa\nbb\ncc", 0, 2, 5)).isEqualTo(text("aa\nbb", 1, 2, 3, 2, false));
    }

    @Test
    void aLineLongerThanThePageIsLeftBehind() {
        assertThat(window("aaaa\nb", 0, 9, 3)).isEqualTo(text("aaa", 1, 1, 2, 1, true));
        assertThat(window("aaaa", 0, 9, 3)).isEqualTo(text("aaa", 1, 1, 1, -1, true));
    }

    @Test
    void aPageIsNotCutWithinACharacter() {
        assertThat(window("a€€", 0, 9, 6)).isEqualTo(text("a€", 1, 1, 1, -1, true));
        assertThat(window("😀😀", 0, 9, 7)).isEqualTo(text("😀", 1, 1, 1, -1, true));
        assertThat(window("😀😀", 0, 9, 8)).isEqualTo(text("😀😀", 1, 1, 1, -1, false));
        assertThat(window("\u07FF\u0800", 0, 9, 4)).isEqualTo(text("\u07FF", 1, 1, 1, -1, true));
        assertThat(window("😀", 0, 9, 3)).isEqualTo(text("", 1, 1, 1, -1, true));
    }

    @Test
    void theReplacementsOfWhatIsNotUtf8AreCountedAsTheyAreShown() {
        byte[] bytes = {'a', (byte) 0xFF, (byte) 0xFF, '\n', 'b'};
        LineWindow window = new LineWindow(0, 9, 6);
        window.add(bytes, 0, bytes.length);

        assertThat(window.content()).isEqualTo(text("a�", 1, 1, 2, 1, true));
    }

    @Test
    void anyWindowOfAnyPiecesIsWhatTheWholeTextHasThere() {
        Random random = new Random(1);
        for (int run = 0; run < 3_000; run++) {
            byte[] bytes = Pieces.random(random, 40, random.nextBoolean());
            long offset = random.nextInt(6);
            long limit = 1 + random.nextInt(6);

            LineWindow window = new LineWindow(offset, limit, WIDE);
            Pieces.feed(bytes, random, 5, window::add);

            assertThat(window.content()).isEqualTo(expected(bytes, offset, limit));
        }
    }

    @Test
    void pagesTogetherShowAllThatFitsIntoThem() {
        Random random = new Random(2);
        for (int run = 0; run < 2_000; run++) {
            byte[] bytes = Pieces.random(random, 40, random.nextBoolean());
            int pageBytes = 3 + random.nextInt(20);
            List<String> lines = lines(bytes);
            int line = 0;
            while (line < lines.size()) {
                LineWindow window = new LineWindow(line, 1 + random.nextInt(5), pageBytes);
                Pieces.feed(bytes, random, 5, window::add);

                Text page = (Text) window.content();
                assertThat(Pieces.utf8(page.text()).length).isLessThanOrEqualTo(pageBytes);
                assertThat(page.startLine()).isEqualTo(line + 1);
                assertThat(page.endLine()).isBetween(page.startLine(), (long) lines.size());
                assertThat(page.nextOffset())
                        .isEqualTo(
                                page.endLine() < lines.size() ? OptionalLong.of(page.endLine()) : OptionalLong.empty());
                String whole = String.join("\n", lines.subList(line, (int) page.endLine()));
                assertThat(page.text().startsWith(whole) || (page.cut() && whole.startsWith(page.text())))
                        .isTrue();
                line = (int) page.endLine();
            }
        }
    }

    private static PageContent window(String text, long offset, long limit, int pageBytes) {
        LineWindow window = new LineWindow(offset, limit, pageBytes);
        byte[] bytes = Pieces.utf8(text);
        window.add(bytes, 0, bytes.length);
        return window.content();
    }

    private static Text text(String text, long start, long end, long total, long next, boolean cut) {
        return new Text(text, start, end, total, next < 0 ? OptionalLong.empty() : OptionalLong.of(next), cut);
    }

    private static PageContent expected(byte[] bytes, long offset, long limit) {
        List<String> lines = lines(bytes);
        if (offset >= lines.size()) {
            return new OffsetPastEnd(offset, lines.size());
        }
        int end = (int) Math.min(offset + limit, lines.size());
        String shown = String.join("\n", lines.subList((int) offset, end));
        return text(shown, offset + 1, end, lines.size(), end < lines.size() ? end : -1, false);
    }

    private static List<String> lines(byte[] bytes) {
        String text =
                new String(bytes, StandardCharsets.UTF_8).replace("\r\n", "\n").replace('\r', '\n');
        List<String> lines = new ArrayList<>(Arrays.asList(text.split("\n", -1)));
        if (lines.get(lines.size() - 1).isEmpty()) {
            lines.remove(lines.size() - 1);
        }
        return lines;
    }
}
