package io.synapse.sdk.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.CallCancelledException;
import io.synapse.sdk.Failure;
import io.synapse.sdk.RequestTimeoutException;
import io.synapse.sdk.workspace.WorkspaceException.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The values of wire/workspace.md, section 2, field for field; their errors are in {@link ToolFailuresTest}. */
class ToolResultsTest {
    private static final String VERSION = "0123456789abcdef".repeat(4);
    private static final String FILE = "/workspace/shared/a.txt";

    private final AgentStub agent = new AgentStub();
    private final ToolResults tools = agent.toolResults();

    @Test
    void theIdIsThatOfTheAgent() {
        assertThat(tools.id()).isEqualTo("research");
    }

    @Test
    void aCommandGivesOutputExitCodeAndWhetherItIsTruncated() {
        agent.answering(new CommandResult(3, "no\n", "", 0, false, false, Duration.ZERO));

        ToolResult.Execute result = tools.execute("false");

        assertThat(result.fields()).hasToString("{output=no\n, exit_code=3, truncated=false}");
        assertThat(result.error()).isNull();
        assertThat(agent.asked).containsExactly(Command.of("false"));
    }

    @Test
    void theTimeLimitIsInSecondsAndZeroIsNone() {
        agent.answering(new CommandResult(0, "", "", 0, false, false, Duration.ZERO));

        tools.execute("true", 5);
        tools.execute("true", 0);

        assertThat(agent.asked)
                .containsExactly(
                        Command.of("true").timeout(Duration.ofSeconds(5)),
                        Command.of("true").timeout(Duration.ZERO));
    }

    @Test
    void aNoticeSaysWhatIsLeftOutOfTheOutput() {
        agent.answering(new CommandResult(0, "start", "end", 1234, false, false, Duration.ZERO));

        ToolResult.Execute result = tools.execute("yes");

        assertThat(result.output()).isEqualTo("start\n\n[1234 bytes of the output are left out here]\n\nend");
        assertThat(result.truncated()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            value = {"124, true, 124", "null, true, 124", "null, false, null"},
            nullValues = "null")
    void atItsTimeLimitTheExitCodeOfACommandIs124(Integer code, boolean timedOut, Integer expected) {
        agent.answering(new CommandResult(code, "", "", 0, timedOut, false, Duration.ZERO));

        assertThat(tools.execute("sleep 9").exitCode()).isEqualTo(expected);
    }

    @Test
    void whatIsNoCommandIsAnErrorAndNotAnExitCode() {
        ToolResult.Execute result = tools.execute(" ");

        assertThat(result.fields())
                .hasToString("{output=Error: the command is empty, exit_code=null, truncated=false}");
        assertThat(result.error()).isEqualTo("Error: the command is empty");
        assertThat(tools.execute("true", -1).error()).startsWith("Error: a time limit cannot be negative");
        assertThat(agent.asked).isEmpty();
    }

    @Test
    void aWindowHasItsNumbersAndTheOffsetThatContinues() {
        agent.answering(text("b\nc", new FileContent.Lines(2, 3, 9, Optional.of(3L)), false));

        ToolResult.Read result = tools.read(FILE, 1, 2);

        assertThat(result.fields())
                .hasToString("{error=null, file_data={content=b\nc, encoding=utf-8}, total_lines=9, start_line=2,"
                        + " end_line=3, next_offset=3, no_lines_requested=false}");
        assertThat(result.version()).isEqualTo(VERSION);
        assertThat(agent.asked).containsExactly(FILE, 1L, 2L);
    }

    @Test
    void twoThousandLinesAreReadByDefaultAndTheLastWindowHasNoNextOffset() {
        agent.answering(text("a", new FileContent.Lines(1, 1, 1, Optional.empty()), false));

        assertThat(tools.read(FILE).nextOffset()).isNull();
        assertThat(agent.asked).containsExactly(FILE, 0L, 2_000L);
    }

    /** Whether the implementation counts the line that is cut or not: the protocol wants next_offset = end_line. */
    @ParameterizedTest
    @CsvSource(
            value = {"1, 3, 9, 2, 2, 2", "1, 2, 9, 2, 2, 2", "4, 4, 9, 3, 4, 4", "9, 9, 9, 8, 9, null"},
            nullValues = "null")
    void aCutLineIsReadAgainUnlessItIsTheFirst(long first, long last, long total, long next, long end, Long offset) {
        agent.answering(text("a", new FileContent.Lines(first, last, total, Optional.of(next)), true));

        ToolResult.Read result = tools.read(FILE);

        assertThat(result.endLine()).isEqualTo(end);
        assertThat(result.nextOffset()).isEqualTo(offset);
        assertThat(result.fileData()).isNotNull();
        assertThat(result.fileData().content()).startsWith("a\n\n[The page was cut");
    }

    @Test
    void anEmptyFileIsAReminderWithoutAWindow() {
        agent.answering(new FileContent(FILE, VERSION, 0, FileContent.Encoding.UTF_8, "", Optional.empty(), false));

        assertThat(tools.read(FILE, 0, 0).fields())
                .hasToString("{error=null, file_data={content=System reminder: File exists but has empty contents,"
                        + " encoding=utf-8}, total_lines=null, start_line=null, end_line=null, next_offset=null,"
                        + " no_lines_requested=false}");
    }

    @Test
    void noLinesAreSaidNotToHaveBeenRequested() {
        agent.answering(new FileContent(FILE, VERSION, 9, FileContent.Encoding.UTF_8, "", Optional.empty(), false));

        assertThat(tools.read(FILE, 0, -1).noLinesRequested()).isTrue();
    }

    @Test
    void aBinaryFileIsBase64WithoutAWindow() {
        agent.answering(
                new FileContent(FILE, VERSION, 3, FileContent.Encoding.BASE64, "AAEC", Optional.empty(), false));

        ToolResult.Read result = tools.read(FILE, 0, 0);

        assertThat(result.fileData()).isEqualTo(new ToolResult.FileData("AAEC", "base64"));
        assertThat(result.noLinesRequested()).isFalse();
        assertThat(result.startLine()).isNull();
    }

    @Test
    void aWriteGivesThePathAndTheVersion() {
        agent.answering(new FileVersion(FILE, VERSION, 1));

        ToolResult.Write result = tools.write(FILE, "a", WriteCondition.ifAbsent());

        assertThat(result).isEqualTo(new ToolResult.Write(null, FILE, VERSION));
        assertThat(result.fields()).hasToString("{error=null, path=" + FILE + "}");
        assertThat(agent.asked).containsExactly(FILE, "a", WriteCondition.ifAbsent());
        assertThat(tools.write(FILE, "a").error()).isNull();
        assertThat(agent.asked).endsWith(FILE, "a", WriteCondition.NONE);
    }

    @Test
    void anEditGivesThePathTheOccurrencesAndTheVersion() {
        agent.answering(new EditResult(FILE, 2, VERSION));

        ToolResult.Edit result = tools.edit(FILE, "a", "b", true);

        assertThat(result.version()).isEqualTo(VERSION);
        assertThat(result.fields()).hasToString("{error=null, path=" + FILE + ", occurrences=2}");
        assertThat(agent.asked).containsExactly(FILE, Edit.replace("a", "b").all(), WriteCondition.NONE);
        tools.edit(FILE, "a", "b");
        assertThat(agent.asked).endsWith(FILE, Edit.replace("a", "b"), WriteCondition.NONE);
    }

    @Test
    void aDeleteGivesThePath() {
        assertThat(tools.delete(FILE).fields()).hasToString("{error=null, path=" + FILE + "}");
        assertThat(agent.asked).containsExactly(FILE, WriteCondition.NONE);
    }

    @Test
    void aListingHasPathKindSizeAndTime() {
        Instant time = Instant.parse("2026-01-02T03:04:05.000006Z");
        agent.answering(List.of(
                new FileInfo("/workspace/shared/b", FileInfo.Kind.DIRECTORY, 4096, time),
                new FileInfo(FILE, FileInfo.Kind.LINK, 3, time)));

        assertThat(tools.ls("/workspace/shared").fields())
                .hasToString("{error=null, entries=["
                        + "{path=/workspace/shared/b, is_dir=true, size=4096, modified_at=2026-01-02T03:04:05.000006Z},"
                        + " {path=" + FILE + ", is_dir=false, size=3, modified_at=2026-01-02T03:04:05.000006Z}]}");
        assertThat(agent.answering(List.of()).toolResults().ls(".").entries()).isEmpty();
    }

    @Test
    void aSearchHasPathsLinesAndTexts() {
        agent.answering(new GrepResult(List.of(new GrepResult.Match(FILE, 7, "a b")), true));

        assertThat(tools.grep("a").fields())
                .hasToString("{error=null, matches=[{path=" + FILE + ", line=7, text=a b}], truncated=true}");
        tools.grep("a", "/workspace", "*.txt", 5);
        assertThat(agent.asked)
                .containsExactly(
                        GrepQuery.of("a"),
                        GrepQuery.of("a").path("/workspace").glob("*.txt").maxCount(5));
    }

    @Test
    void aPatternGivesFiles() {
        agent.answering(new GlobResult(List.of(FILE), false));

        assertThat(tools.glob("*.txt").fields())
                .hasToString("{error=null, matches=[{path=" + FILE + ", is_dir=false}], truncated=false}");
        tools.glob("*", "/workspace");
        assertThat(agent.asked).containsExactly("*.txt", ".", "*", "/workspace");
    }

    @Test
    void transfersHaveOneAnswerEachInOrder() {
        agent.answering("text");

        assertThat(tools.downloadFiles(List.of(FILE, "a.txt")).stream().map(ToolResult::fields))
                .map(Object::toString)
                .containsExactly(
                        "{path=" + FILE + ", content=dGV4dA==, error=null}",
                        "{path=a.txt, content=null, error=invalid_path}");
        agent.answering(new FileVersion(FILE, VERSION, 1));
        assertThat(tools.uploadFiles(List.of(FileUpload.of("a.txt", new byte[1]), FileUpload.of(FILE, new byte[1]))))
                .containsExactly(new ToolResult.Upload("a.txt", "invalid_path"), new ToolResult.Upload(FILE, null));
        assertThat(agent.asked).containsExactly(FILE, FILE);
    }

    @Test
    void downloadsAreEqualWhenTheirBytesAre() {
        ToolResult.Download one = new ToolResult.Download("/a", Optional.of(new byte[] {1}), null);
        ToolResult.Download same = new ToolResult.Download("/a", Optional.of(new byte[] {1}), null);

        assertThat(one)
                .isEqualTo(same)
                .hasSameHashCodeAs(same)
                .isNotEqualTo(new ToolResult.Download("/a", Optional.of(new byte[] {2}), null));
    }

    static Stream<RuntimeException> whatAModelCannotRepair() {
        return Stream.of(
                new EngineUnavailableException("no engine"),
                new WorkspaceLostException("gone"),
                new WorkspaceException(Reason.WORKSPACE_LOST, "gone"),
                new CallCancelledException(Failure.of(499, "interrupted"), null),
                new IllegalStateException("closed"));
    }

    @ParameterizedTest
    @MethodSource("whatAModelCannotRepair")
    void whatAModelCannotRepairIsThrown(RuntimeException failure) {
        agent.failing(failure);

        List<Function<ToolResults, Object>> operations = List.of(
                each -> each.execute("true"),
                each -> each.read(FILE),
                each -> each.write(FILE, ""),
                each -> each.edit(FILE, "a", "b"),
                each -> each.delete(FILE),
                each -> each.ls(FILE),
                each -> each.grep("a"),
                each -> each.glob("*"),
                each -> each.uploadFiles(List.of(FileUpload.of(FILE, new byte[0]))),
                each -> each.downloadFiles(List.of(FILE)));

        assertThat(operations)
                .allSatisfy(each -> assertThatThrownBy(() -> each.apply(tools)).isSameAs(failure));
    }

    @Test
    void aTimeLimitOfAFileOperationIsAnError() {
        agent.failing(new RequestTimeoutException(
                RequestTimeoutException.Kind.CALL,
                Failure.of(408, "the read took longer than 60 s").mayHaveBeenExecuted(true),
                null));

        assertThat(tools.read(FILE).error())
                .isEqualTo("File '" + FILE + "': the read took longer than 60 s (it may have been done)");
    }

    @Test
    void anInvalidArgumentIsAnError() {
        agent.failing(BadRequestException.refused("a path cannot have .. as a part: ../x"));

        assertThat(tools.write("../x", "").error())
                .isEqualTo("Error: Failed to write file '../x': a path cannot have .. as a part: ../x");
        assertThat(tools.edit(FILE, "a", "a").error())
                .isEqualTo("Error editing file '" + FILE
                        + "': the old and the new text are the same: nothing would change");
        assertThat(tools.grep("").error()).startsWith("Path '/workspace/research': a search is for text");
    }

    @Test
    void theAsynchronousTwinHasThemToo() {
        agent.answering(new FileVersion(FILE, VERSION, 1));

        assertThat(agent.async().perform(each -> each.toolResults().write(FILE, "a")))
                .isCompletedWithValue(new ToolResult.Write(null, FILE, VERSION));
    }

    private static FileContent text(String content, FileContent.Lines lines, boolean truncated) {
        return new FileContent(FILE, VERSION, 100, FileContent.Encoding.UTF_8, content, Optional.of(lines), truncated);
    }
}
