package io.synapse.sdk.docker.internal.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.synapse.sdk.docker.internal.workspace.EditVerdict.Edited;
import io.synapse.sdk.docker.internal.workspace.EditVerdict.FoundWithoutLastLineEnd;
import io.synapse.sdk.docker.internal.workspace.EditVerdict.NotFound;
import io.synapse.sdk.docker.internal.workspace.EditVerdict.NotText;
import io.synapse.sdk.docker.internal.workspace.EditVerdict.NothingToFind;
import io.synapse.sdk.docker.internal.workspace.EditVerdict.SameText;
import io.synapse.sdk.docker.internal.workspace.EditVerdict.SeveralMatches;
import io.synapse.sdk.docker.internal.workspace.EditVerdict.TooLarge;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What an edit replaces, and why it does not. */
class TextEditTest {
    private static final int ANY = Integer.MAX_VALUE;
    private static final Duration SOON = Duration.ofSeconds(20);

    @Test
    void theOnlyPlaceIsReplaced() {
        assertThat(one("b$1.", "[\\", "ab$1.c")).isEqualTo(new Edited("a[\\c", 1));
        assertThat(one("a", "", "a")).isEqualTo(new Edited("", 1));
        assertThat(one("a\nb", "x", "a\nb\n")).isEqualTo(new Edited("x\n", 1));
        assertThat(all("é😀", "€", "é😀")).isEqualTo(new Edited("€", 1));
    }

    @Test
    void allPlacesAreReplacedWhenAskedFor() {
        assertThat(all("a", "bb", "a-a-a")).isEqualTo(new Edited("bb-bb-bb", 3));
    }

    @Test
    void placesDoNotOverlap() {
        assertThat(all("aa", "b", "aaaaa")).isEqualTo(new Edited("bba", 2));
        assertThat(one("aa", "b", "aaa")).isEqualTo(new Edited("ba", 1));
    }

    @Test
    void whatReplacesIsNotSearchedAgain() {
        assertThat(all("a", "aa", "aa")).isEqualTo(new Edited("aaaa", 2));
    }

    @Test
    void severalPlacesAreToldByTheirLines() {
        assertThat(one("x", "y", "x\n\nx x\r\nx\rx")).isEqualTo(new SeveralMatches(5, List.of(1, 3, 4, 5)));
        assertThat(one("\n", "", "a\r\nb\n")).isEqualTo(new SeveralMatches(2, List.of(1, 2)));
    }

    @Test
    void noMoreThanTwentyLinesAreTold() {
        List<Integer> lines = IntStream.rangeClosed(1, 20).boxed().toList();

        assertThat(one("x", "y", "x\n".repeat(20))).isEqualTo(new SeveralMatches(20, lines));
        assertThat(one("x", "y", "x\n".repeat(21))).isEqualTo(new SeveralMatches(21, lines));
    }

    @Test
    void whatIsNotThereIsNotFound() {
        assertThat(one("x", "y", "abc")).isEqualTo(new NotFound());
        assertThat(one("abcd", "y", "abc")).isEqualTo(new NotFound());
        assertThat(one("a", "y", "A")).isEqualTo(new NotFound());
        assertThat(one("a", "y", "")).isEqualTo(new NotFound());
    }

    @Test
    void aTextThatIsTheSameIsRefusedWhereverItIs() {
        assertThat(one("a", "a", "a")).isEqualTo(new SameText());
        assertThat(one("a", "a", "b")).isEqualTo(new SameText());
        assertThat(one("", "", "")).isEqualTo(new SameText());
        assertThat(one("a\r\n", "a\n", "a\n")).isEqualTo(new SameText());
    }

    @Test
    void anEmptyTextOnlyFillsAnEmptyFile() {
        assertThat(one("", "new", "")).isEqualTo(new Edited("new", 1));
        assertThat(all("", "new", "a")).isEqualTo(new NothingToFind());
        assertThat(new TextEdit("", "abc", false).applyTo("", 2)).isEqualTo(new TooLarge(3));
    }

    @Test
    void lineEndsAreThoseOfTheFile() {
        assertThat(one("a\nb", "c\nd\n", "x\r\na\r\nb")).isEqualTo(new Edited("x\r\nc\r\nd\r\n", 1));
        assertThat(one("a\r\nb", "c\r\nd", "x\na\nb")).isEqualTo(new Edited("x\nc\nd", 1));
        assertThat(one("a\r\nb\nc", "d\n", "a\r\nb\r\nc")).isEqualTo(new Edited("d\r\n", 1));
        assertThat(one("a\r\nb\nc", "d\r\n", "a\nb\nc")).isEqualTo(new Edited("d\n", 1));
    }

    @Test
    void whatIsFoundAsItIsIsReplacedAsItIs() {
        assertThat(all("a\nb", "c\nd", "a\nb\r\na\r\nb")).isEqualTo(new Edited("c\nd\r\na\r\nb", 1));
        assertThat(one("a", "b\nc", "a\r\n")).isEqualTo(new Edited("b\nc\r\n", 1));
    }

    @Test
    void aLineEndTooMuchAtTheEndOfTheFileIsTold() {
        assertThat(one("b\n", "c", "a\nb")).isEqualTo(new FoundWithoutLastLineEnd(1));
        assertThat(one("b\n", "c", "b b b")).isEqualTo(new FoundWithoutLastLineEnd(3));
        assertThat(one("a\nb\n", "c", "a\r\nb")).isEqualTo(new FoundWithoutLastLineEnd(1));
        assertThat(one("a\r\nb\r\n", "c", "a\nb")).isEqualTo(new FoundWithoutLastLineEnd(1));
        assertThat(one("b\n", "c", "b ")).isEqualTo(new NotFound());
        assertThat(one("b\n\n", "c", "b")).isEqualTo(new NotFound());
        assertThat(one("\n", "c", "b")).isEqualTo(new NotFound());
    }

    @Test
    void bytesThatAreNotUtf8AreNotEdited() {
        TextEdit edit = new TextEdit("a", "b", false);

        assertThat(edit.applyTo(new byte[] {'a', (byte) 0xFF}, ANY)).isEqualTo(new NotText());
        assertThat(edit.applyTo(new byte[] {'a', (byte) 0xC3}, ANY)).isEqualTo(new NotText());
        assertThat(edit.applyTo(Pieces.utf8("\uFEFFaé\0\r"), ANY)).isEqualTo(new Edited("\uFEFFbé\0\r", 1));
    }

    @Test
    void aFileDoesNotBecomeLargerThanAllowed() {
        TextEdit edit = new TextEdit("a", "bbb", true);

        assertThat(edit.applyTo("a-a", 7)).isEqualTo(new Edited("bbb-bbb", 2));
        assertThat(edit.applyTo("a-a", 6)).isEqualTo(new TooLarge(7));
        String large = "b".repeat(1_000_000);
        assertThat(new TextEdit("a", large, true).applyTo("a".repeat(1_000_000), ANY))
                .isEqualTo(new TooLarge(1_000_000_000_000L));
    }

    @Test
    void manyPlacesTakeATimeThatIsLinear() {
        String content = "x\n".repeat(2_000_000);

        assertTimeoutPreemptively(SOON, () -> {
            assertThat(all("x", "yy", content)).isEqualTo(new Edited("yy\n".repeat(2_000_000), 2_000_000));
            assertThat(one("x", "yy", content)).isInstanceOf(SeveralMatches.class);
        });
    }

    @Test
    void aTextThatIsNearlyEverywhereTakesATimeThatIsLinear() {
        String content = "a".repeat(4_000_000);

        assertTimeoutPreemptively(
                SOON,
                () -> assertThat(one("a".repeat(1_000_000) + "b", "c", content)).isEqualTo(new NotFound()));
    }

    @Test
    void placesAreThoseThatTheLibraryFinds() {
        Random random = new Random(4);
        for (int run = 0; run < 20_000; run++) {
            String content = random(random, 12);
            String oldText = "a" + random(random, 4);
            String newText = random(random, 3);
            List<Integer> places = new ArrayList<>();
            for (int at = content.indexOf(oldText); at >= 0; at = content.indexOf(oldText, at + oldText.length())) {
                places.add(at);
            }
            if (!oldText.equals(newText)) {
                EditVerdict expected = places.isEmpty()
                        ? new NotFound()
                        : new Edited(content.replace(oldText, newText), places.size());
                assertThat(all(oldText, newText, content)).isEqualTo(expected);
            }
        }
    }

    private static String random(Random random, int most) {
        StringBuilder text = new StringBuilder();
        for (int left = random.nextInt(most + 1); left > 0; left--) {
            text.append(random.nextInt(3) == 0 ? 'b' : 'a');
        }
        return text.toString();
    }

    private static EditVerdict one(String oldText, String newText, String content) {
        return new TextEdit(oldText, newText, false).applyTo(content, ANY);
    }

    private static EditVerdict all(String oldText, String newText, String content) {
        return new TextEdit(oldText, newText, true).applyTo(content, ANY);
    }
}
