package io.synapse.sdk.docker.internal.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.synapse.sdk.BadRequestException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which files a pattern is for: the rules of the protocol, and those that the published conformance cases check. */
class GlobPatternTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                // without a slash: the base name at any depth
                "*.py a.py",
                "*.py a/b/c.py",
                "a.py x/a.py",
                "*.{py,txt} a.txt",
                "*.{p{y,yi},txt} d/a.pyi",
                "? é",
                "? 😀",
                "[abc].txt b.txt",
                "[!a].txt b.txt",
                "[^a].txt b.txt",
                "[a-c].txt b.txt",
                "[]].txt ].txt",
                "[!]].txt a.txt",
                "[z-ab].txt b.txt",
                "[!z-a] x",
                "[a-] -",
                "[+--] ,",
                "** a/b",
                "*.py .git/hooks/a.py",
                "*aab aaab",
                "a*** a",
                // with one: below the folder
                "a/*.py a/b.py",
                "/a.py a.py",
                "/*.py a.py",
                "**/*.py a.py",
                "**/*.py a/b/c.py",
                "a/**/b a/b",
                "a/**/b a/x/y/b",
                "a/** a/b/c",
                "{a,b}/c b/c",
                "./a/b a/b",
                "//a/b a/b",
                "{a/b,c} a/b",
                "{a/b,c} c",
                "{/,x/}a a",
                "**/ a/b",
                "a/**/ a/b",
                "**/a/**/b x/a/a/y/b",
                "*/**/* a/b",
                "a//b a/b",
                "**/**/a x/a",
                // hidden names
                ".* .a",
                ".*/x .git/x",
                "**/.a x/.a",
                "[.]a b/.ab",
                "{.a,b} .a",
                // characters like others
                "{a} {a}",
                "a{b a{b",
                "a[b a[b",
                "a+b a+b",
                "\\d \\d",
                "$ $",
                "( (",
                "[\\\\d] d",
                "a}b a}b",
                "{a{b,c}} {ac}",
                "a{b{c,d} a{bd",
                "{a,} a",
            })
    void matches(String pattern, String path) {
        boolean expected = !(pattern.equals("[.]a"));
        assertThat(GlobPattern.of(pattern).matches(path)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "*.py a.pyc",
                "*.py A.PY",
                "a/*.py a/b/c.py",
                "a/*.py x/a/b.py",
                "/a.py x/a.py",
                "* .hidden",
                "? ab",
                "* a/.b/.c",
                "**/x .git/x",
                "a/** a/.b",
                "a/** a",
                "[abc].txt d.txt",
                "[!a].txt a.txt",
                "**/*.py .venv/a.py",
                "[!a]b .b",
                "*.{py,txt} a.md",
                "a/b a/b/c",
                "[z-a] b",
                "**/*.yml .github/a/ci.yml",
                "{a/b,c} x/c",
                "a/ a",
                "a/. a",
                ". a",
                "*.py/ a.py",
                "*/**/* a",
                "**/a/**/b a/.x/b",
                "*a*b*c abab",
            })
    void doesNotMatch(String pattern, String path) {
        assertThat(GlobPattern.of(pattern).matches(path)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "//", "/.", "./", "{,}", "..", "a/../b", "{..,a}/b", "/.."})
    void whatCannotBeUsedIsRefused(String pattern) {
        assertThatExceptionOfType(BadRequestException.class).isThrownBy(() -> GlobPattern.of(pattern));
    }

    @Test
    void tooManyExpansionsAreRefusedAtOnce() {
        String digits = "{0,1,2,3,4,5,6,7,8,9}";

        assertThat(GlobPattern.of(digits.repeat(3)).matches("123")).isTrue();
        assertTimeoutPreemptively(SOON, () -> {
            assertThatExceptionOfType(BadRequestException.class).isThrownBy(() -> GlobPattern.of(digits.repeat(30)));
            assertThatExceptionOfType(BadRequestException.class).isThrownBy(() -> GlobPattern.of("{a,a}".repeat(30)));
        });
        assertThatExceptionOfType(BadRequestException.class)
                .isThrownBy(() -> GlobPattern.of("{" + ",".repeat(1_000) + "}a"));
    }

    @Test
    void expansionsThatAreTooLongTogetherAreRefusedAtOnce() {
        String name = "x".repeat(10_000);

        assertThat(GlobPattern.of("{1,2}{1,2}" + name).matches("12" + name)).isTrue();
        assertThatExceptionOfType(BadRequestException.class).isThrownBy(() -> GlobPattern.of("{1,2}".repeat(9) + name));
    }

    @Test
    void manyStarsTakeNoLongerThanFew() {
        GlobPattern pattern = GlobPattern.of("*a".repeat(60) + "*b");

        assertTimeoutPreemptively(SOON, () -> {
            assertThat(pattern.matches("a".repeat(250))).isFalse();
            assertThat(pattern.matches("a".repeat(250) + "b")).isTrue();
        });
    }

    @Test
    void manyFoldersOfAnyDepthTakeNoLongerThanFew() {
        GlobPattern pattern = GlobPattern.of("**/a/".repeat(30) + "b");

        assertTimeoutPreemptively(SOON, () -> {
            assertThat(pattern.matches("a/".repeat(1_000) + "c")).isFalse();
            assertThat(pattern.matches("a/".repeat(1_000) + "b")).isTrue();
        });
    }

    @Test
    void bracesWithoutAnEndTakeNoLongerThanOtherCharacters() {
        String braces = "{".repeat(2_000);

        assertTimeoutPreemptively(
                SOON,
                () -> assertThat(GlobPattern.of(braces + "{a,b}".repeat(7)).matches(braces + "abababa"))
                        .isTrue());
    }
}
