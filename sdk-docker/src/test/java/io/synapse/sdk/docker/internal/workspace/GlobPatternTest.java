package io.synapse.sdk.docker.internal.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which files a pattern is for: the rules of the protocol, and those that the published conformance cases check. */
class GlobPatternTest {
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
            })
    void doesNotMatch(String pattern, String path) {
        assertThat(GlobPattern.of(pattern).matches(path)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "..", "a/../b", "{..,a}/b", "/.."})
    void whatCannotBeUsedIsRefused(String pattern) {
        assertThatIllegalArgumentException().isThrownBy(() -> GlobPattern.of(pattern));
    }

    @Test
    void tooManyExpansionsAreRefusedAtOnce() {
        String digits = "{0,1,2,3,4,5,6,7,8,9}";

        assertThat(GlobPattern.of(digits.repeat(3)).matches("123")).isTrue();
        assertThatIllegalArgumentException().isThrownBy(() -> GlobPattern.of(digits.repeat(30)));
    }
}
