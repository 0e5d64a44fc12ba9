package io.synapse.sdk.workspace;

import io.synapse.sdk.ClientException;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The operations of an agent as tools of a model: with the parameters, defaults and values of the backend protocol of
 * LangChain's Deep Agents ({@code docs/wire/workspace.md}, section 2). A failure that a model can repair is a value with an
 * {@link ToolResult#error()}: a wrong path, a conflict, an invalid argument, a time limit.
 *
 * <p>What a model cannot repair is thrown, as the program has to decide: {@link EngineUnavailableException},
 * {@link WorkspaceLostException}, {@link io.synapse.sdk.CallCancelledException} and, of a closed workspace,
 * {@link IllegalStateException}.
 *
 * <p>Beyond the protocol, relative paths are in the agent's folder, except in transfers, and changes take a
 * {@link WriteCondition}. For asynchronous calls:
 * {@code agent.async().perform(each -> each.toolResults().read("/workspace/shared/notes.md"))}. Safe for use by any number
 * of threads.
 */
public final class ToolResults {
    private static final String EMPTY_FILE = "System reminder: File exists but has empty contents";
    private static final String CUT_PAGE =
            "\n\n[The page was cut at its limit of 500 KiB: continue with next_offset, or ask for fewer lines]";
    private static final int TIMED_OUT = 124;

    private final WorkspaceAgent agent;

    ToolResults(WorkspaceAgent agent) {
        this.agent = agent;
    }

    /** The name of the agent, which identifies it in its workspace. */
    public String id() {
        return agent.name();
    }

    /** {@link #execute(String, Integer)} with the time limit of the workspace. */
    public ToolResult.Execute execute(String command) {
        return execute(command, null);
    }

    /**
     * Executes a shell command.
     *
     * @param timeout its time limit in seconds; 0 for none, null for that of the workspace
     */
    public ToolResult.Execute execute(String command, @Nullable Integer timeout) {
        return ToolFailures.attempt(
                () -> {
                    Command checked = Command.of(command);
                    return execute(
                            agent.execute(timeout == null ? checked : checked.timeout(Duration.ofSeconds(timeout))));
                },
                failure -> {
                    String error = "Error: " + ToolFailures.message(failure);
                    return new ToolResult.Execute(error, null, false, error);
                });
    }

    private static ToolResult.Execute execute(CommandResult result) {
        String output = result.truncated()
                ? result.outputStart() + "\n\n[" + result.omittedBytes() + " bytes of the output are left out here]\n\n"
                        + result.outputEnd()
                : result.output();
        Integer code = result.code() == null && result.timedOut() ? Integer.valueOf(TIMED_OUT) : result.code();
        return new ToolResult.Execute(output, code, result.truncated(), null);
    }

    /** The first 2,000 lines of a file. */
    public ToolResult.Read read(String filePath) {
        return read(filePath, 0, WorkspaceAgent.DEFAULT_LINES);
    }

    /**
     * A window of lines of a text file, or a small binary file.
     *
     * @param offset how many lines to leave out; a negative one counts as 0
     * @param limit how many lines to read; with 0 or less, none
     */
    public ToolResult.Read read(String filePath, long offset, long limit) {
        return ToolFailures.attempt(
                () -> read(agent.read(filePath, offset, limit), limit),
                failure -> new ToolResult.Read(
                        ToolFailures.read(filePath, failure), null, null, null, null, null, false, null));
    }

    private static ToolResult.Read read(FileContent content, long limit) {
        if (content.encoding() == FileContent.Encoding.BASE64) {
            return read(content, content.content(), "base64", false);
        }
        if (content.size() == 0) {
            return read(content, EMPTY_FILE, "utf-8", false);
        }
        if (content.lines().isEmpty()) {
            return read(content, content.content(), "utf-8", limit <= 0);
        }
        FileContent.Lines lines = content.lines().get();
        // A line that is cut is read again, unless it is the first: else a reader would get no further.
        long end = Math.max(lines.next().orElse(lines.last()), lines.first());
        String text = content.truncated() ? content.content() + CUT_PAGE : content.content();
        return new ToolResult.Read(
                null,
                new ToolResult.FileData(text, "utf-8"),
                lines.total(),
                lines.first(),
                end,
                lines.next().isPresent() && end < lines.total() ? Long.valueOf(end) : null,
                false,
                content.version());
    }

    private static ToolResult.Read read(FileContent content, String text, String encoding, boolean noLinesRequested) {
        ToolResult.FileData data = new ToolResult.FileData(text, encoding);
        return new ToolResult.Read(null, data, null, null, null, null, noLinesRequested, content.version());
    }

    /** Writes a file, whatever is there. */
    public ToolResult.Write write(String filePath, String content) {
        return write(filePath, content, WriteCondition.NONE);
    }

    /** Writes a file as UTF-8. Folders that are missing are made. */
    public ToolResult.Write write(String filePath, String content, WriteCondition condition) {
        return ToolFailures.attempt(
                () -> {
                    FileVersion file = agent.write(filePath, content, condition);
                    return new ToolResult.Write(null, file.path(), file.version());
                },
                failure -> new ToolResult.Write(ToolFailures.write(filePath, failure), null, null));
    }

    /** Replaces the only occurrence of a text in a file, whatever its version. */
    public ToolResult.Edit edit(String filePath, String oldString, String newString) {
        return edit(filePath, oldString, newString, false);
    }

    /** Replaces text in a file, whatever its version. */
    public ToolResult.Edit edit(String filePath, String oldString, String newString, boolean replaceAll) {
        return edit(filePath, oldString, newString, replaceAll, WriteCondition.NONE);
    }

    /**
     * Replaces text in a file.
     *
     * @param replaceAll whether to replace all occurrences; otherwise there must be exactly one
     */
    public ToolResult.Edit edit(
            String filePath, String oldString, String newString, boolean replaceAll, WriteCondition condition) {
        return ToolFailures.attempt(
                () -> {
                    EditResult file = agent.edit(filePath, new Edit(oldString, newString, replaceAll), condition);
                    return new ToolResult.Edit(null, file.path(), file.occurrences(), file.version());
                },
                failure -> new ToolResult.Edit(ToolFailures.edit(filePath, oldString, failure), null, null, null));
    }

    /** Deletes a file, or a folder with all it holds. */
    public ToolResult.Delete delete(String filePath) {
        return delete(filePath, WriteCondition.NONE);
    }

    /** Deletes a file under a condition, or a folder with all it holds. */
    public ToolResult.Delete delete(String filePath, WriteCondition condition) {
        return ToolFailures.attempt(
                () -> {
                    agent.delete(filePath, condition);
                    return new ToolResult.Delete(null, filePath);
                },
                failure -> new ToolResult.Delete(ToolFailures.delete(filePath, failure), null));
    }

    /** What is in a folder, without what is below its folders. */
    public ToolResult.Ls ls(String path) {
        return ToolFailures.attempt(
                () -> new ToolResult.Ls(null, agent.ls(path)),
                failure -> new ToolResult.Ls(ToolFailures.search(path, failure), null));
    }

    /** The lines that contain a text, in all files of the agent's folder. */
    public ToolResult.Grep grep(String pattern) {
        return grep(pattern, null, null, null);
    }

    /**
     * The lines that contain a text, literally and with its case.
     *
     * @param path a folder or a file; null for the agent's folder
     * @param glob which files to search, see {@link #glob(String, String)}; null for all
     * @param maxCount the greatest number of matches in all; null for no limit
     */
    public ToolResult.Grep grep(
            String pattern, @Nullable String path, @Nullable String glob, @Nullable Integer maxCount) {
        return ToolFailures.attempt(
                () -> {
                    GrepResult found = agent.grep(query(pattern, path, glob, maxCount));
                    return new ToolResult.Grep(null, found.matches(), found.truncated());
                },
                failure -> new ToolResult.Grep(ToolFailures.search(orFolder(path), failure), null, false));
    }

    private static GrepQuery query(
            String pattern, @Nullable String path, @Nullable String glob, @Nullable Integer maxCount) {
        GrepQuery query = GrepQuery.of(pattern);
        query = path == null ? query : query.path(path);
        query = glob == null ? query : query.glob(glob);
        return maxCount == null ? query : query.maxCount(maxCount);
    }

    /** The files below the agent's folder that a pattern matches. */
    public ToolResult.Glob glob(String pattern) {
        return glob(pattern, null);
    }

    /**
     * The files below a folder that a pattern matches.
     *
     * @param pattern see {@link WorkspaceAgent#glob(String, String)}
     * @param path the folder; null for the agent's
     */
    public ToolResult.Glob glob(String pattern, @Nullable String path) {
        return ToolFailures.attempt(
                () -> {
                    GlobResult found = path == null ? agent.glob(pattern) : agent.glob(pattern, path);
                    return new ToolResult.Glob(null, found.paths(), found.truncated());
                },
                failure -> new ToolResult.Glob(ToolFailures.search(orFolder(path), failure), null, false));
    }

    private String orFolder(@Nullable String path) {
        return path == null ? agent.folder() : path;
    }

    /**
     * Writes files at absolute paths.
     *
     * @return one result for each, in their order: those that failed do not affect the others
     */
    public List<ToolResult.Upload> uploadFiles(List<FileUpload> files) {
        List<ToolResult.Upload> results = new ArrayList<>();
        for (FileUpload file : files) {
            String error = transfer(file.path(), () -> agent.upload(file));
            results.add(new ToolResult.Upload(file.path(), error));
        }
        return List.copyOf(results);
    }

    /**
     * Reads files at absolute paths as a whole: all that are asked for at once must have room in memory.
     *
     * @return one result for each, in their order: those that failed do not affect the others
     */
    public List<ToolResult.Download> downloadFiles(List<String> paths) {
        List<ToolResult.Download> results = new ArrayList<>();
        for (String path : paths) {
            ByteArrayOutputStream content = new ByteArrayOutputStream();
            String error = transfer(path, () -> agent.download(path, content));
            Optional<byte[]> bytes = error == null ? Optional.of(content.toByteArray()) : Optional.empty();
            results.add(new ToolResult.Download(path, bytes, error));
        }
        return List.copyOf(results);
    }

    private static @Nullable String transfer(String path, Runnable operation) {
        if (!path.startsWith("/")) {
            return "invalid_path";
        }
        try {
            operation.run();
            return null;
        } catch (ClientException e) {
            ToolFailures.throwIfBeyondRepair(e);
            return ToolFailures.transfer(e);
        }
    }
}
