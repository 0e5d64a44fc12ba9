package io.synapse.sdk.docker.internal.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a model is told about a file that another has changed. */
class ChangedLinesTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @Test
    void equalTextsDifferInNothing() {
        assertThat(ChangedLines.between("a\nb", "a\nb")).isEqualTo(new ChangedLines(List.of(), 0));
        assertThat(ChangedLines.between("", "").text()).isEmpty();
    }

    @Test
    void onlyLinesThatDifferAreShown() {
        assertThat(diff("a\nb\nc\nd\n", "a\nB\nc\nd\n")).isEqualTo("@@ -2,1 +2,1 @@\n-b\n+B\n");
        assertThat(diff("a\nb\nc\nd\ne\n", "A\nb\nc\ne\nf\n"))
                .isEqualTo("@@ -1,1 +1,1 @@\n-a\n+A\n@@ -4,1 +3,0 @@\n-d\n@@ -5,0 +5,1 @@\n+f\n");
    }

    @Test
    void linesThatAreOnlyAddedOrRemovedAreCountedAsTheFormatHasIt() {
        assertThat(diff("", "a\nb\n")).isEqualTo("@@ -0,0 +1,2 @@\n+a\n+b\n");
        assertThat(diff("a\nb\n", "")).isEqualTo("@@ -1,2 +0,0 @@\n-a\n-b\n");
        assertThat(diff("a\nc\n", "a\nb\nc\n")).isEqualTo("@@ -1,0 +2,1 @@\n+b\n");
        assertThat(diff("a\na\n", "a\n")).isEqualTo("@@ -2,1 +1,0 @@\n-a\n");
    }

    @Test
    void aLastLineWithoutAnEndDiffersFromOneWithIt() {
        assertThat(diff("a\nb", "a\nb\n")).isEqualTo("@@ -2,1 +2,1 @@\n-b\n\\ No newline at end of file\n+b\n");
    }

    @Test
    void lineEndsAreShownWhereNothingElseDiffers() {
        assertThat(diff("a\r\nb\n", "a\nb\n")).isEqualTo("@@ -1,1 +1,1 @@\n-a\\r\n+a\n");
        assertThat(diff("a\r\n", "b\r\n")).isEqualTo("@@ -1,1 +1,1 @@\n-a\n+b\n");
    }

    @Test
    void lineNumbersAreThoseOfAPage() {
        assertThat(diff("a\rb\r\nc\rd\n", "a\rb\r\nc\re\n")).isEqualTo("@@ -4,1 +4,1 @@\n-d\n+e\n");
        assertThat(diff("a\r\nb\n", "a\rb\n")).isEqualTo("@@ -1,1 +1,1 @@\n-a\\r\n+a\\r\n");
    }

    @Test
    void noMoreThanFortyLinesAreShown() {
        ChangedLines changed = ChangedLines.between("", lines("x", 41));

        assertThat(changed.hunks()).hasSize(1);
        assertThat(changed.hunks().get(0).added()).hasSize(40);
        assertThat(changed.text()).startsWith("@@ -0,0 +1,41 @@\n").endsWith("+x40\n... and 1 more changed lines\n");
        assertThat(diff("", lines("x", 40))).endsWith("+x40\n");
    }

    @Test
    void whatIsThereNowHasHalfOfTheRoomAtLeast() {
        Hunk many =
                ChangedLines.between(lines("x", 100), lines("y", 100)).hunks().get(0);
        Hunk few = ChangedLines.between(lines("x", 100), lines("y", 3)).hunks().get(0);

        assertThat(many.removed()).hasSize(20);
        assertThat(many.added()).hasSize(20);
        assertThat(few.removed()).hasSize(37);
        assertThat(few.added()).hasSize(3);
        assertThat(ChangedLines.between(lines("x", 100), lines("y", 3)).moreLines())
                .isEqualTo(63);
    }

    @Test
    void hunksForWhichThereIsNoRoomAreCounted() {
        String before = IntStream.range(0, 50).mapToObj(i -> "x" + i + "\n=\n").collect(Collectors.joining());

        ChangedLines changed = ChangedLines.between(before, before.replace('x', 'y'));

        assertThat(changed.hunks()).hasSize(20);
        assertThat(changed.moreLines()).isEqualTo(60);
    }

    @Test
    void longLinesAreShortenedAtACharacter() {
        assertThat(diff("", "a" + "😀".repeat(300) + "\r\n"))
                .isEqualTo("@@ -0,0 +1,1 @@\n+a" + "😀".repeat(249) + "…\n");
        assertThat(diff("", "b".repeat(500))).contains("+" + "b".repeat(500) + "\n");
        assertThat(diff("", "b".repeat(501))).contains("+" + "b".repeat(500) + "…\n");
    }

    @Test
    void longLinesTogetherAreBoundedToo() {
        String long9 =
                IntStream.range(0, 9).mapToObj(i -> i + "x".repeat(498) + "\n").collect(Collectors.joining());

        Hunk added = ChangedLines.between("", long9).hunks().get(0);
        Hunk both = ChangedLines.between(long9, long9.replace('x', 'y')).hunks().get(0);

        assertThat(added.added()).hasSize(8);
        assertThat(ChangedLines.between(long9, "").hunks().get(0).removed()).hasSize(8);
        assertThat(both.removed()).hasSize(4);
        assertThat(both.added()).hasSize(4);
    }

    @Test
    void aLineAddedToAFileOfAnySizeIsFound() {
        String before = lines("x", 300_000);
        String changed = before.replace("x200000\n", "x200000\nnew\n");

        assertThat(diff(before, changed)).isEqualTo("@@ -200000,0 +200001,1 @@\n+new\n");
    }

    @Test
    void whatIsTooLongToBeComparedCountsAsChanged() {
        String before = "a\n" + lines("x", 3_000) + "b\n";
        String after = "a\n" + lines("y", 2_500) + "end";

        ChangedLines changed = ChangedLines.between(before, after);

        assertThat(changed.hunks()).hasSize(1);
        assertThat(changed.text()).startsWith("@@ -2,3001 +2,2501 @@\n-x1\n-x2\n");
        assertThat(changed.moreLines()).isEqualTo(3_001 + 2_501 - 40);
        assertThat(diff("a\nb\n", "a\n" + lines("y", 3_000) + "b\n")).startsWith("@@ -1,0 +2,3000 @@\n+y1\n");
    }

    @Test
    void upToTwoThousandLinesAreCompared() {
        String most = "a\n" + lines("x", 1_998) + "b\n";
        String more = "a\n" + lines("x", 1_999) + "b\n";

        assertThat(ChangedLines.between(most, most.replace('a', 'A').replace('b', 'B'))
                        .hunks())
                .hasSize(2);
        assertThat(ChangedLines.between(more, most.replace('a', 'A').replace('b', 'B'))
                        .hunks())
                .hasSize(1);
        assertThat(ChangedLines.between(most, more.replace('a', 'A').replace('b', 'B'))
                        .hunks())
                .hasSize(1);
    }

    @Test
    void linesThatAreNotComparedTakeNoMemory() {
        String text = "x\n".repeat(1_000_000);

        long allocated = AllocatedMemory.of(
                () -> assertThat(ChangedLines.between("", text).moreLines()).isEqualTo(999_960));

        assertThat(allocated).isLessThan(4_000_000);
    }

    @Test
    void textsWithoutACommonLineTakeBoundedTime() {
        String before = lines("x".repeat(500), 2_000);
        String after = lines("x".repeat(500) + "y", 2_000);

        assertTimeoutPreemptively(
                SOON,
                () -> assertThat(ChangedLines.between(before, after).moreLines())
                        .isGreaterThan(3_950));
    }

    @Test
    void theNewTextFollowsFromTheOldOneAndTheHunks() {
        Random random = new Random(7);
        for (int run = 0; run < 5_000; run++) {
            String before = text(random);
            String after = text(random);

            ChangedLines changed = ChangedLines.between(before, after);

            assertThat(changed.moreLines()).isZero();
            assertThat(applied(before, changed.hunks())).isEqualTo(after);
        }
    }

    private static String applied(String before, List<Hunk> hunks) {
        List<String> old = split(before);
        StringBuilder after = new StringBuilder();
        int line = 1;
        int newLine = 1;
        for (Hunk hunk : hunks) {
            for (; line < hunk.oldStart(); line++, newLine++) {
                after.append(old.get(line - 1));
            }
            assertThat(hunk.newStart()).isEqualTo(newLine);
            assertThat(hunk.oldCount()).isEqualTo(hunk.removed().size());
            assertThat(hunk.newCount()).isEqualTo(hunk.added().size());
            for (String removed : hunk.removed()) {
                assertThat(old.get(line++ - 1)).isEqualTo(removed);
            }
            hunk.added().forEach(after::append);
            newLine += hunk.added().size();
        }
        old.subList(line - 1, old.size()).forEach(after::append);
        return after.toString();
    }

    private static List<String> split(String text) {
        List<String> lines = new ArrayList<>();
        for (int from = 0; from < text.length(); from = LineEnds.nextLine(text, from)) {
            lines.add(text.substring(from, LineEnds.nextLine(text, from)));
        }
        return lines;
    }

    /** Few different lines, so that many are the same. */
    private static String text(Random random) {
        String[] parts = {"a", "b", "\n", "\n", "\r\n", "\r"};
        StringBuilder text = new StringBuilder();
        for (int left = random.nextInt(16); left > 0; left--) {
            text.append(parts[random.nextInt(parts.length)]);
        }
        return text.toString();
    }

    private static String lines(String name, int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(line -> name + line + "\n")
                .collect(Collectors.joining());
    }

    private static String diff(String before, String after) {
        return ChangedLines.between(before, after).text();
    }
}
