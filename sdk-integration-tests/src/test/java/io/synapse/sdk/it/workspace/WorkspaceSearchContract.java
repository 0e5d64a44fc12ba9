package io.synapse.sdk.it.workspace;

import static io.synapse.sdk.it.workspace.WorkspaceTests.assertFails;
import static io.synapse.sdk.it.workspace.WorkspaceTests.output;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.workspace.FileInfo;
import io.synapse.sdk.workspace.FileInfo.Kind;
import io.synapse.sdk.workspace.GlobResult;
import io.synapse.sdk.workspace.GrepQuery;
import io.synapse.sdk.workspace.GrepResult;
import io.synapse.sdk.workspace.WorkspaceAgent;
import io.synapse.sdk.workspace.WorkspaceException.Reason;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of ls, glob and grep: wire/workspace.md, section 2. */
interface WorkspaceSearchContract extends WorkspaceTests {
    /** What a result has, relative to the agent's folder, joined by blanks. */
    static String relative(WorkspaceAgent agent, List<String> paths) {
        return String.join(
                " ",
                paths.stream()
                        .map(path -> path.substring(agent.folder().length() + 1))
                        .toList());
    }

    @Test
    default void aFolderIsListedInOrderWithWhatEachThingIs() {
        WorkspaceAgent agent = newAgent();
        output(agent, "mkdir -p z/below; printf abc >b; touch .hidden; ln -s /etc a; ln -s nowhere c; mkfifo p");

        List<FileInfo> files = agent.ls(".");

        assertThat(files).extracting(FileInfo::name).containsExactly(".hidden", "a", "b", "c", "p", "z");
        assertThat(files)
                .extracting(FileInfo::kind)
                .containsExactly(Kind.FILE, Kind.LINK, Kind.FILE, Kind.LINK, Kind.OTHER, Kind.DIRECTORY);
        assertThat(files.get(2).size()).isEqualTo(3);
        assertThat(files)
                .allSatisfy(
                        file -> assertThat(file.modifiedAt()).isCloseTo(Instant.now(), within(1, ChronoUnit.MINUTES)));
        assertThat(agent.ls(agent.folder() + "//./z/"))
                .extracting(FileInfo::name)
                .containsExactly("below");
        assertThat(agent.ls("z/below")).isEmpty();
    }

    @Test
    default void whatIsNoFolderIsNotListed() {
        WorkspaceAgent agent = newAgent();
        output(agent, "touch file; mkdir closed; chmod 0 closed");

        assertFails(Reason.NOT_FOUND, () -> agent.ls("missing"));
        assertFails(Reason.NOT_A_DIRECTORY, () -> agent.ls("file"));
        assertFails(Reason.PERMISSION_DENIED, () -> agent.ls("closed"));
        assertFails(Reason.NOT_FOUND, () -> agent.glob("*", "missing"));
        assertFails(Reason.PERMISSION_DENIED, () -> agent.glob("*", "closed"));
        assertFails(Reason.NOT_FOUND, () -> agent.grep(GrepQuery.of("x").path("missing")));
        assertFails(Reason.PERMISSION_DENIED, () -> agent.grep(GrepQuery.of("x").path("closed")));
    }

    @Test
    default void aLargeFolderIsListedWhole() {
        WorkspaceAgent agent = newAgent();
        String name = "n".repeat(100);
        output(agent, "mkdir many; cd many; n=0; while [ $n -lt 3000 ]; do : >" + name + "$n; n=$((n + 1)); done");

        assertThat(agent.ls("many"))
                .hasSize(3000)
                .allSatisfy(file -> assertThat(file.name()).startsWith(name));
        assertThat(agent.glob("*7").paths()).hasSize(300);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "*.py | a.py d/.h/z.py d/b.py d/e/c.py",
                "a.py | a.py",
                "/a.py | a.py",
                "/*.py | a.py",
                "d/*.py | d/b.py",
                "d/** | d/b.py d/e/c.py d/e/x.txt",
                "**/*.py | a.py d/b.py d/e/c.py",
                "d/**/c.py | d/e/c.py",
                "**/e/* | d/e/c.py d/e/x.txt",
                "?.py | a.py d/.h/z.py d/b.py d/e/c.py",
                "[ab].py | a.py d/b.py",
                "[!ab].py | d/.h/z.py d/e/c.py",
                "[^ab].py | d/.h/z.py d/e/c.py",
                "[a-b].py | a.py d/b.py",
                "*.{py,txt} | a.py d/.h/z.py d/b.py d/e/c.py d/e/x.txt",
                "{a,{b,c}}.py | a.py d/b.py d/e/c.py",
                "{d/e,d}/*.py | d/b.py d/e/c.py",
                "{*}.py | \"{odd}.py\"",
                "* | a.py d/.h/z.py d/b.py d/e/c.py d/e/x.txt \"{odd}.py\"",
                ".* | .h.py",
                ".h/* | \"\"",
                "d/.h/* | d/.h/z.py",
                "**/.h/*.py | d/.h/z.py",
                "z.py | d/.h/z.py",
                "d | \"\"",
                "D/*.py | \"\"",
                "*.PY | \"\""
            })
    default void aPatternMatchesByTheRules(String pattern, String expected) {
        WorkspaceAgent agent = newAgent();
        output(agent, "mkdir -p d/e d/.h; touch a.py d/b.py d/e/c.py d/e/x.txt .h.py d/.h/z.py");
        boolean isOddThere = expected.contains("odd");
        if (isOddThere) {
            output(agent, "touch '{odd}.py'");
        }

        GlobResult found = agent.glob(pattern);

        assertThat(relative(agent, found.paths())).isEqualTo(expected.replace("\"", ""));
        assertThat(found.truncated()).isFalse();
    }

    @Test
    default void globGivesRegularFilesAndLinksToThoseWithin() {
        WorkspaceAgent agent = newAgent();
        output(
                agent,
                "mkdir -p in/d out; touch in/file out/file; ln -s file in/link; ln -s ../out/file in/leading-out;"
                        + " ln -s /etc/passwd in/passwd; ln -s d in/to-folder; ln -s nowhere in/broken; mkfifo in/pipe");

        assertThat(relative(agent, agent.glob("*", "in").paths())).isEqualTo("in/file in/link");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "..", "../*", "a/../b", "/", "{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}"})
    default void aPatternThatIsNoneIsRefused(String pattern) {
        WorkspaceAgent agent = newAgent();

        assertThatExceptionOfType(BadRequestException.class).isThrownBy(() -> agent.glob(pattern));
        assertThatExceptionOfType(BadRequestException.class)
                .isThrownBy(() -> agent.grep(GrepQuery.of("x").glob(pattern)));
    }

    /** An agent's pattern must not keep a thread of this JVM busy for ever. */
    @Test
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    default void aPatternThatCanMatchInManyWaysIsDecidedSoon() {
        WorkspaceAgent agent = newAgent();
        agent.write("a".repeat(250), "");
        agent.write("a/".repeat(60) + "x", "");
        long start = System.nanoTime();

        assertThat(agent.glob("*a".repeat(24) + "b")).isEqualTo(new GlobResult(List.of(), false));
        assertThat(agent.glob("**/a/".repeat(24) + "b")).isEqualTo(new GlobResult(List.of(), false));

        assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start)).isLessThan(5);
    }

    @Test
    default void tenThousandFilesAreTheMost() {
        WorkspaceAgent agent = newAgent();
        output(agent, "n=0; while [ $n -lt 10000 ]; do : >$n; n=$((n + 1)); done");

        assertThat(agent.glob("*")).satisfies(found -> {
            assertThat(found.paths()).hasSize(10_000).isSorted();
            assertThat(found.truncated()).isFalse();
        });
        agent.write("more", "");
        assertThat(agent.glob("*")).satisfies(found -> {
            assertThat(found.paths()).hasSize(10_000);
            assertThat(found.truncated()).isTrue();
        });
    }

    @Test
    default void grepIsLiteralAndHasLineNumbers() {
        WorkspaceAgent agent = newAgent();
        agent.write("a", "x\na.b*[c\\d\nA.B*[C\\D\naxb*[c\\d\n");
        agent.write("d/.hidden", "-e 'ü' $HOME \"q\"\nlast a.b*[c\\d");

        assertThat(agent.grep("a.b*[c\\d").matches())
                .containsExactly(
                        new GrepResult.Match(agent.folder() + "/a", 2, "a.b*[c\\d"),
                        new GrepResult.Match(agent.folder() + "/d/.hidden", 2, "last a.b*[c\\d"));
        for (String text : List.of("-e", "'ü' $HOME", "\"q\"", "ü", " ")) {
            assertThat(agent.grep(GrepQuery.of(text).path("d")).matches())
                    .as(text)
                    .extracting(GrepResult.Match::line)
                    .contains(1L);
        }
        assertThat(agent.grep("missing")).isEqualTo(new GrepResult(List.of(), false));
        assertThatExceptionOfType(BadRequestException.class).isThrownBy(() -> agent.grep("two\nlines"));
        assertThatExceptionOfType(BadRequestException.class).isThrownBy(() -> agent.grep(""));
    }

    @Test
    default void grepOfOneFileAndOfThoseThatAPatternMatches() {
        WorkspaceAgent agent = newAgent();
        output(
                agent,
                "mkdir d; for f in a.py a.txt d/b.py .c.py; do echo needle >$f; done; printf 'needle\\r\\n' >crlf");

        assertThat(agent.grep(GrepQuery.of("needle").path("a.txt")).matches())
                .containsExactly(new GrepResult.Match(agent.folder() + "/a.txt", 1, "needle"));
        assertThat(agent.grep(GrepQuery.of("needle").glob("*.py")).matches())
                .extracting(GrepResult.Match::path)
                .containsExactly(agent.folder() + "/a.py", agent.folder() + "/d/b.py");
        assertThat(agent.grep(GrepQuery.of("needle").glob("d/*").path(".")).matches())
                .extracting(GrepResult.Match::path)
                .containsExactly(agent.folder() + "/d/b.py");
        assertThat(agent.grep(GrepQuery.of("needle").path("crlf")).matches())
                .extracting(GrepResult.Match::text)
                .containsExactly("needle");
    }

    @Test
    default void theGreatestNumberOfMatchesIsATotal() {
        WorkspaceAgent agent = newAgent();
        output(agent, "for f in a b c; do printf 'needle\\nx\\nneedle\\n' >$f; done");

        assertThat(agent.grep(GrepQuery.of("needle").maxCount(6))).satisfies(found -> {
            assertThat(found.matches()).hasSize(6);
            assertThat(found.truncated()).isFalse();
        });
        assertThat(agent.grep(GrepQuery.of("needle").maxCount(5))).satisfies(found -> {
            assertThat(found.matches()).hasSize(5);
            assertThat(found.truncated()).isTrue();
        });
    }

    /** What is no text is left out, and takes nothing else with it. */
    @Test
    default void grepSkipsWhatIsNoText() {
        WorkspaceAgent agent = newAgent();
        output(
                agent,
                "for n in 1 2 3; do echo needle $n >text$n; printf 'needle\\0x\\nneedle \\377\\n\\0\\nneedle %s\\n' $n >bin$n;"
                        + " printf 'a:1:needle\\0\\n' >odd:$n; done; head -c 3000000 /dev/zero | tr '\\0' n >long");

        assertThat(agent.grep("needle").matches())
                .extracting(match -> match.path().substring(agent.folder().length() + 1) + " " + match.text())
                .contains("text1 needle 1", "text2 needle 2", "text3 needle 3")
                .allMatch(match -> match.matches("(text|bin|odd:)[123] .*"));
    }
}
