package io.synapse.sdk.it.workspace;

import static io.synapse.sdk.it.workspace.WorkspaceTests.assertFails;
import static io.synapse.sdk.it.workspace.WorkspaceTests.output;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.workspace.Command;
import io.synapse.sdk.workspace.CommandResult;
import io.synapse.sdk.workspace.Edit;
import io.synapse.sdk.workspace.FileContent;
import io.synapse.sdk.workspace.FileContent.Encoding;
import io.synapse.sdk.workspace.FileContent.Lines;
import io.synapse.sdk.workspace.WorkspaceAgent;
import io.synapse.sdk.workspace.WorkspaceException;
import io.synapse.sdk.workspace.WorkspaceException.Reason;
import io.synapse.sdk.workspace.WriteCondition;
import io.synapse.sdk.workspace.WriteConflictException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules for windows of lines, edits, and output that is cut: wire/workspace.md, section 2. */
interface WorkspaceTextContract extends WorkspaceTests {
    @ParameterizedTest
    @CsvSource({"0, 2, 1, 2, 2", "1, 2, 2, 3, 3", "3, 5, 4, 5, ", "-7, 1, 1, 1, 1", "0, 2000, 1, 5, "})
    default void aWindowOfLines(long offset, long limit, long first, long last, Long next) {
        WorkspaceAgent agent = newAgent();
        agent.write("file", "line 1\nline 2\r\nline 3\nline 4\nline 5\n");

        FileContent window = agent.read("file", offset, limit);

        assertThat(window.lines()).contains(new Lines(first, last, 5, Optional.ofNullable(next)));
        assertThat(window.content())
                .startsWith("line " + first)
                .endsWith("line " + last)
                .hasLineCount((int) (last - first + 1))
                .doesNotContain("\r");
        assertThat(window.size()).isEqualTo(36);
        assertThat(window.truncated()).isFalse();
    }

    @Test
    default void aWindowWithoutLines() {
        WorkspaceAgent agent = newAgent();
        agent.write("file", "a\nb");
        agent.write("empty", "");

        assertThat(agent.read("file", 0, 0).lines()).isEmpty();
        assertThat(agent.read("file", 0, 0).content()).isEmpty();
        assertThat(agent.read("empty").lines()).isEmpty();
        assertThat(agent.read("empty").content()).isEmpty();
        assertThat(agent.read("file", 1, 1).content()).isEqualTo("b");
        WorkspaceException past = catchThrowableOfType(WorkspaceException.class, () -> agent.read("file", 2, 1));
        assertThat(past.reason()).isEqualTo(Reason.PAST_END);
        assertThat(past).hasMessageContaining("2");
    }

    /** Cut at a character, and continued from the line that is cut. */
    @Test
    default void aWindowHasAtMost500KiB() {
        WorkspaceAgent agent = newAgent();
        agent.write("file", "first\n" + "ä€🎉".repeat(100_000) + "\nlast");

        FileContent window = agent.read("file");

        assertThat(window.truncated()).isTrue();
        assertThat(window.content()).startsWith("first\nä€🎉").doesNotContain("\ufffd");
        assertThat(window.content().getBytes(StandardCharsets.UTF_8)).hasSizeBetween(511_000, 512_000);
        assertThat(window.lines()).contains(new Lines(1, 1, 3, Optional.of(1L)));
    }

    @Test
    default void aSmallBinaryFileIsReadInBase64() {
        WorkspaceAgent agent = newAgent();
        output(agent, "printf '\\377\\0\\1' >binary; head -c 512001 /dev/zero | tr '\\0' '\\377' >large");

        FileContent binary = agent.read("binary");

        assertThat(binary.encoding()).isEqualTo(Encoding.BASE64);
        assertThat(binary.content()).isEqualTo("/wAB");
        assertThat(binary.lines()).isEmpty();
        assertFails(Reason.TOO_LARGE, () -> agent.read("large"));
    }

    @Test
    default void anEditMustBeUnambiguous() {
        WorkspaceAgent agent = newAgent();
        agent.write("file", "one two one");

        WorkspaceException several =
                catchThrowableOfType(WorkspaceException.class, () -> agent.edit("file", Edit.replace("one", "1")));
        assertThat(several.reason()).isEqualTo(Reason.SEVERAL_MATCHES);
        assertThat(several).hasMessageContaining("2");
        assertFails(Reason.NO_MATCH, () -> agent.edit("file", Edit.replace("three", "3")));
        assertThat(agent.edit("file", Edit.replace("two", "2")).occurrences()).isEqualTo(1);
        assertThat(agent.edit("file", Edit.replace("one", "$1\\").all()).occurrences())
                .isEqualTo(2);
        assertThat(output(agent, "cat file")).isEqualTo("$1\\ 2 $1\\");
        assertThatExceptionOfType(BadRequestException.class).isThrownBy(() -> Edit.replace("x", "x"));
    }

    @Test
    default void anEditKeepsTheLineEnds() {
        WorkspaceAgent agent = newAgent();
        agent.write("dos", "a\r\nb\r\nc\r\n");
        agent.write("unix", "a\nb\nc\n");

        agent.edit("dos", Edit.replace("a\nb", "x\ny\nz"));
        agent.edit("unix", Edit.replace("a\r\nb", "x\r\ny"));

        assertThat(output(agent, "cat dos | tr '\\r' R")).isEqualTo("xR\nyR\nzR\ncR");
        assertThat(output(agent, "cat unix | tr '\\r' R")).isEqualTo("x\ny\nc");
    }

    @Test
    default void whatIsNoTextIsNotEdited() {
        WorkspaceAgent agent = newAgent();
        output(agent, "printf 'a\\377b' >binary; head -c 16777217 /dev/zero | tr '\\0' x >large");

        assertFails(Reason.NOT_TEXT, () -> agent.edit("binary", Edit.replace("a", "b")));
        assertFails(Reason.TOO_LARGE, () -> agent.edit("large", Edit.replace("y", "z")));
        assertThat(output(agent, "wc -c <binary")).isEqualTo("3");
    }

    @Test
    default void aConflictShowsTheLinesThatChanged() {
        WorkspaceAgent agent = newAgent();
        agent.write("file", "same\nold\nsame too\n");
        String seen = agent.read("file").version();
        output(agent, "printf 'same\\nnew\\nsame too\\n' >file");

        WriteConflictException conflict = catchThrowableOfType(
                WriteConflictException.class,
                () -> agent.edit("file", Edit.replace("old", "mine"), WriteCondition.ifVersion(seen)));

        assertThat(conflict.changes().orElseThrow().lines())
                .contains("-old", "+new")
                .doesNotContain("-same", "+same");
    }

    /** First and last half, cut at characters, with the count of what is between. */
    @Test
    default void ofALongOutputBothEndsAreKept() {
        WorkspaceAgent agent = newAgent();

        CommandResult result = agent.execute(
                Command.of("echo start; yes ü | head -c 999999; echo; echo end").outputLimit(1_001));

        assertThat(result.outputStart()).startsWith("start\nü\n").doesNotContain("\ufffd");
        assertThat(result.outputEnd()).endsWith("ü\n\nend\n").doesNotContain("\ufffd");
        assertThat(result.truncated()).isTrue();
        long kept = result.output().getBytes(StandardCharsets.UTF_8).length;
        assertThat(kept).isBetween(990L, 1_001L);
        assertThat(result.omittedBytes()).isEqualTo(6 + 999_999 + 5 - kept);
    }

    @Test
    default void ofAnOutputAtItsLimitNothingIsCut() {
        WorkspaceAgent agent = newAgent();

        CommandResult exact = agent.execute(Command.of("printf 1234567890").outputLimit(10));
        CommandResult over = agent.execute(Command.of("printf 12345678901").outputLimit(10));
        CommandResult none = agent.execute(Command.of("echo x").outputLimit(0));

        assertThat(exact.outputStart()).isEqualTo("1234567890");
        assertThat(exact.truncated()).isFalse();
        assertThat(over.outputStart()).isEqualTo("12345");
        assertThat(over.outputEnd()).isEqualTo("78901");
        assertThat(over.omittedBytes()).isEqualTo(1);
        assertThat(none.output()).isEmpty();
        assertThat(none.omittedBytes()).isEqualTo(2);
    }
}
