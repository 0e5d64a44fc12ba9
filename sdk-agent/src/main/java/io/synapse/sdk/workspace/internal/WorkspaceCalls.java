package io.synapse.sdk.workspace.internal;

import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.workspace.Command;
import io.synapse.sdk.workspace.CommandOutput;
import io.synapse.sdk.workspace.CommandResult;
import io.synapse.sdk.workspace.Edit;
import io.synapse.sdk.workspace.EditResult;
import io.synapse.sdk.workspace.FileContent;
import io.synapse.sdk.workspace.FileInfo;
import io.synapse.sdk.workspace.FileUpload;
import io.synapse.sdk.workspace.FileVersion;
import io.synapse.sdk.workspace.GlobResult;
import io.synapse.sdk.workspace.GrepQuery;
import io.synapse.sdk.workspace.GrepResult;
import io.synapse.sdk.workspace.RunningCommand;
import io.synapse.sdk.workspace.WorkspaceEvent;
import io.synapse.sdk.workspace.WorkspaceEvents;
import io.synapse.sdk.workspace.WriteCondition;
import io.synapse.sdk.workspace.internal.WorkspaceCall.Host;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * All operations of a workspace on an agent, with their arguments and results (wire/agent.md, section 7). Client and agent
 * have the same: what the one sends, the other performs. Not API.
 */
public final class WorkspaceCalls {
    private static final Map<String, WorkspaceCall<?, ?>> ALL = new LinkedHashMap<>();

    // Agents
    public static final WorkspaceCall<Agent, @Nullable Void> OPEN_AGENT =
            action("open_agent", Agent.class, (host, agent) -> host.agent(agent.agent));
    public static final WorkspaceCall<Agent, @Nullable Void> CLOSE_AGENT = action(
            "close_agent", Agent.class, (host, agent) -> host.agent(agent.agent).close());
    public static final WorkspaceCall<None, Names> AGENTS = repeatable(
            "agents",
            None.class,
            Names.class,
            (host, none) -> new Names(host.workspace().agents()));

    // Commands
    public static final WorkspaceCall<Execute, CommandAnswer> EXECUTE = once(
            "execute",
            Execute.class,
            CommandAnswer.class,
            (host, execute) -> CommandAnswer.of(host.agent(execute.agent).execute(execute.toCommand())));
    public static final WorkspaceCall<Execute, Id> START = once(
            "start",
            Execute.class,
            Id.class,
            (host, execute) ->
                    new Id(host.commands().keep(host.agent(execute.agent).start(execute.toCommand()))));
    public static final WorkspaceCall<Id, CommandState> COMMAND_STATE = repeatable(
            "command_state",
            Id.class,
            CommandState.class,
            (host, id) -> CommandState.of(host.commands().get(id.id)));
    public static final WorkspaceCall<NextOutput, CommandOutput> COMMAND_OUTPUT = repeatable(
            "command_output",
            NextOutput.class,
            CommandOutput.class,
            (host, next) -> host.commands().get(next.id).output(next.position, duration(next.timeoutSeconds)));
    public static final WorkspaceCall<Await, CommandAnswer> AWAIT_COMMAND = repeatable(
            "await_command",
            Await.class,
            CommandAnswer.class,
            (host, await) -> CommandAnswer.of(host.commands().get(await.id).await(duration(await.timeoutSeconds))));
    public static final WorkspaceCall<Id, CommandAnswer> KILL_COMMAND = repeatable(
            "kill_command",
            Id.class,
            CommandAnswer.class,
            (host, id) -> CommandAnswer.of(host.commands().get(id.id).kill()));

    // Files
    public static final WorkspaceCall<Read, FileAnswer> READ = repeatable(
            "read",
            Read.class,
            FileAnswer.class,
            (host, read) -> FileAnswer.of(host.agent(read.agent).read(read.path, read.offset, read.limit)));
    public static final WorkspaceCall<Write, FileVersion> WRITE = once(
            "write",
            Write.class,
            FileVersion.class,
            (host, write) -> host.agent(write.agent).write(write.path, write.content, condition(write.condition)));
    public static final WorkspaceCall<EditFile, EditResult> EDIT = once(
            "edit",
            EditFile.class,
            EditResult.class,
            (host, edit) -> host.agent(edit.agent)
                    .edit(edit.path, new Edit(edit.oldText, edit.newText, edit.all), condition(edit.condition)));
    public static final WorkspaceCall<Delete, @Nullable Void> DELETE = action(
            "delete",
            Delete.class,
            (host, delete) -> host.agent(delete.agent).delete(delete.path, condition(delete.condition)));
    public static final WorkspaceCall<InFolder, Files> LS = repeatable(
            "ls",
            InFolder.class,
            Files.class,
            (host, ls) -> new Files(host.agent(ls.agent).ls(ls.path)));
    public static final WorkspaceCall<Grep, GrepResult> GREP = repeatable(
            "grep",
            Grep.class,
            GrepResult.class,
            (host, grep) -> host.agent(grep.agent).grep(grep.toQuery()));
    public static final WorkspaceCall<Glob, GlobResult> GLOB = repeatable(
            "glob",
            Glob.class,
            GlobResult.class,
            (host, glob) -> host.agent(glob.agent).glob(glob.pattern, glob.path));

    // Contents of any length
    public static final WorkspaceCall<Upload, FileVersion> UPLOAD = once(
            "upload",
            Upload.class,
            FileVersion.class,
            (host, upload) -> host.agent(upload.agent)
                    .upload(FileUpload.of(upload.path, host.content(upload.content))
                            .condition(condition(upload.condition))));
    public static final WorkspaceCall<Download, FileVersion> DOWNLOAD = repeatable(
            "download",
            Download.class,
            FileVersion.class,
            (host, download) -> host.agent(download.agent).download(download.path, host.content(download.content)));
    public static final WorkspaceCall<Content, Size> SNAPSHOT = repeatable(
            "snapshot",
            Content.class,
            Size.class,
            (host, content) -> new Size(
                    host.workspace().snapshot(host.content(content.content)).size()));
    public static final WorkspaceCall<Content, @Nullable Void> RESTORE = action(
            "restore", Content.class, (host, content) -> host.workspace().restore(host.content(content.content)));

    // The workspace
    public static final WorkspaceCall<Folder, Id> WATCH = once(
            "watch",
            Folder.class,
            Id.class,
            (host, folder) -> new Id(host.watches().keep(host.workspace().watch(folder.path))));
    public static final WorkspaceCall<Await, Event> NEXT_EVENT = once(
            "next_event",
            Await.class,
            Event.class,
            (host, await) -> new Event(host.watches()
                    .get(await.id)
                    .next(duration(await.timeoutSeconds))
                    .orElse(null)));
    public static final WorkspaceCall<Id, @Nullable Void> CLOSE_WATCH = action(
            "close_watch", Id.class, (host, id) -> host.watches().remove(id.id).ifPresent(WorkspaceEvents::close));
    public static final WorkspaceCall<None, @Nullable Void> REOPEN =
            action("reopen", None.class, (host, none) -> host.workspace().reopen());

    private WorkspaceCalls() {}

    /** The operation of this name. */
    public static Optional<WorkspaceCall<?, ?>> byName(String name) {
        return Optional.ofNullable(ALL.get(name));
    }

    private static <A extends Record, R extends @Nullable Object> WorkspaceCall<A, R> add(WorkspaceCall<A, R> call) {
        ALL.put(call.name(), call);
        return call;
    }

    private static <A extends Record, R> WorkspaceCall<A, R> once(
            String name, Class<A> arguments, Class<R> result, BiFunction<Host, A, R> action) {
        return add(new WorkspaceCall<>(name, arguments, result, false, action));
    }

    private static <A extends Record, R> WorkspaceCall<A, R> repeatable(
            String name, Class<A> arguments, Class<R> result, BiFunction<Host, A, R> action) {
        return add(new WorkspaceCall<>(name, arguments, result, true, action));
    }

    @SuppressWarnings("NullAway") // the one value of Void
    private static <A extends Record> WorkspaceCall<A, @Nullable Void> action(
            String name, Class<A> arguments, BiConsumer<Host, A> action) {
        return add(new WorkspaceCall<>(name, arguments, Void.class, false, (host, values) -> {
            action.accept(host, values);
            return null;
        }));
    }

    /** How many seconds these are: the longest time that a {@code long} has in nanoseconds, where it is longer. */
    public static double seconds(Duration duration) {
        return Math.min(TimeUnit.NANOSECONDS.convert(duration), Long.MAX_VALUE) / 1e9;
    }

    private static Duration duration(double seconds) {
        return Duration.ofNanos((long) (seconds * 1e9));
    }

    private static WriteCondition condition(@Nullable Condition given) {
        if (given == null) {
            return WriteCondition.NONE;
        }
        return given.ifVersion == null
                ? Boolean.TRUE.equals(given.ifAbsent) ? WriteCondition.ifAbsent() : WriteCondition.NONE
                : WriteCondition.ifVersion(given.ifVersion);
    }

    /** No arguments. */
    public record None() {}

    /** An agent. */
    public record Agent(String agent) {
        public Agent {
            Objects.requireNonNull(agent, "agent");
        }
    }

    /** The id of a command or a watch. */
    public record Id(String id) {
        public Id {
            Objects.requireNonNull(id, "id");
        }
    }

    /** A command in the background, from where its output is asked for, and how long to wait for some. */
    public record NextOutput(String id, long position, double timeoutSeconds) {
        public NextOutput {
            Objects.requireNonNull(id, "id");
        }
    }

    /** A command or a watch, and how long to wait for it. */
    public record Await(String id, double timeoutSeconds) {
        public Await {
            Objects.requireNonNull(id, "id");
        }
    }

    /** A folder. */
    public record Folder(String path) {
        public Folder {
            Objects.requireNonNull(path, "path");
        }
    }

    /** A folder, as an agent names it. */
    public record InFolder(String agent, String path) {
        public InFolder {
            Objects.requireNonNull(agent, "agent");
            Objects.requireNonNull(path, "path");
        }
    }

    /** A content that the client has sent, or will fetch. */
    public record Content(String content) {
        public Content {
            Objects.requireNonNull(content, "content");
        }
    }

    /** {@link WriteCondition}; one of both, or none. */
    public record Condition(
            @Nullable String ifVersion, @Nullable Boolean ifAbsent) {
        public Condition {
            if (ifVersion != null && Boolean.TRUE.equals(ifAbsent)) {
                throw BadRequestException.refused("a condition is a version, or that there is no file");
            }
        }

        public static Condition of(WriteCondition condition) {
            return new Condition(condition.version(), condition.isIfAbsent());
        }
    }

    /** A command. */
    public record Execute(
            String agent,
            String command,
            @Nullable Double timeoutSeconds,
            @Nullable Map<String, String> envs,
            @Nullable Integer outputLimit,
            @Nullable String outputFile) {
        public Execute {
            Objects.requireNonNull(agent, "agent");
            Objects.requireNonNull(command, "command");
            if (envs != null) {
                envs.forEach((name, value) -> Objects.requireNonNull(value, name));
            }
        }

        public static Execute of(String agent, Command command) {
            Duration timeout = command.timeout();
            return new Execute(
                    agent,
                    command.text(),
                    timeout == null ? null : seconds(timeout),
                    command.environment(),
                    command.outputLimit(),
                    command.outputFile());
        }

        Command toCommand() {
            Command made = Command.of(command);
            made = timeoutSeconds == null ? made : made.timeout(duration(timeoutSeconds));
            made = envs == null ? made : made.environment(envs);
            made = outputLimit == null ? made : made.outputLimit(outputLimit);
            return outputFile == null ? made : made.outputFile(outputFile);
        }
    }

    /** A window of a file. */
    public record Read(String agent, String path, long offset, long limit) {
        public Read {
            Objects.requireNonNull(agent, "agent");
            Objects.requireNonNull(path, "path");
        }
    }

    /** A content of a file, under a condition. */
    public record Write(
            String agent,
            String path,
            String content,
            @Nullable Condition condition) {
        public Write {
            Objects.requireNonNull(agent, "agent");
            Objects.requireNonNull(path, "path");
            Objects.requireNonNull(content, "content");
        }
    }

    /** A replacement in a file, under a condition. */
    public record EditFile(
            String agent,
            String path,
            String oldText,
            String newText,
            boolean all,
            @Nullable Condition condition) {
        public EditFile {
            Objects.requireNonNull(agent, "agent");
            Objects.requireNonNull(path, "path");
            Objects.requireNonNull(oldText, "old_text");
            Objects.requireNonNull(newText, "new_text");
        }
    }

    /** A file or folder to delete, under a condition. */
    public record Delete(
            String agent, String path, @Nullable Condition condition) {
        public Delete {
            Objects.requireNonNull(agent, "agent");
            Objects.requireNonNull(path, "path");
        }
    }

    /** A search for text. */
    public record Grep(
            String agent,
            String pattern,
            String path,
            @Nullable String glob,
            @Nullable Integer maxCount) {
        public Grep {
            Objects.requireNonNull(agent, "agent");
            Objects.requireNonNull(pattern, "pattern");
            Objects.requireNonNull(path, "path");
        }

        public static Grep of(String agent, GrepQuery query) {
            return new Grep(agent, query.text(), query.path(), query.glob(), query.maxCount());
        }

        GrepQuery toQuery() {
            GrepQuery query = GrepQuery.of(pattern).path(path);
            query = glob == null ? query : query.glob(glob);
            return maxCount == null ? query : query.maxCount(maxCount);
        }
    }

    /** A pattern of names. */
    public record Glob(String agent, String pattern, String path) {
        public Glob {
            Objects.requireNonNull(agent, "agent");
            Objects.requireNonNull(pattern, "pattern");
            Objects.requireNonNull(path, "path");
        }
    }

    /** A file that gets a content that was sent before, under a condition. */
    public record Upload(
            String agent,
            String path,
            String content,
            @Nullable Condition condition) {
        public Upload {
            Objects.requireNonNull(agent, "agent");
            Objects.requireNonNull(path, "path");
            Objects.requireNonNull(content, "content");
        }
    }

    /** A file whose content is fetched afterwards. */
    public record Download(String agent, String path, String content) {
        public Download {
            Objects.requireNonNull(agent, "agent");
            Objects.requireNonNull(path, "path");
            Objects.requireNonNull(content, "content");
        }
    }

    /** Names, in order. */
    public record Names(List<String> names) {}

    /** What is in a folder. */
    public record Files(List<FileInfo> files) {}

    /** A size in bytes. */
    public record Size(long size) {}

    /** The next event; null when there was none in time. */
    public record Event(@Nullable WorkspaceEvent event) {}

    /** {@link CommandResult}. */
    public record CommandAnswer(
            @Nullable Integer code,
            String outputStart,
            String outputEnd,
            long omittedBytes,
            boolean timedOut,
            boolean outOfMemory,
            double durationSeconds) {
        static CommandAnswer of(CommandResult result) {
            return new CommandAnswer(
                    result.code(),
                    result.outputStart(),
                    result.outputEnd(),
                    result.omittedBytes(),
                    result.timedOut(),
                    result.outOfMemory(),
                    seconds(result.duration()));
        }

        public CommandResult toResult() {
            return new CommandResult(
                    code, outputStart, outputEnd, omittedBytes, timedOut, outOfMemory, duration(durationSeconds));
        }
    }

    /** A command in the background: what it has written, and its result once it has ended. */
    public record CommandState(String output, @Nullable CommandAnswer result) {
        static CommandState of(RunningCommand command) {
            Optional<CommandResult> result = command.result();
            return new CommandState(
                    command.output(), result.map(CommandAnswer::of).orElse(null));
        }
    }

    /** {@link FileContent}; the window is null where there is none. */
    public record FileAnswer(
            String path,
            String version,
            long size,
            FileContent.Encoding encoding,
            String content,
            @Nullable Window lines,
            boolean truncated) {
        static FileAnswer of(FileContent file) {
            return new FileAnswer(
                    file.path(),
                    file.version(),
                    file.size(),
                    file.encoding(),
                    file.content(),
                    file.lines().map(Window::of).orElse(null),
                    file.truncated());
        }

        public FileContent toContent() {
            return new FileContent(
                    path,
                    version,
                    size,
                    encoding,
                    content,
                    Optional.ofNullable(lines).map(Window::toLines),
                    truncated);
        }
    }

    /** {@link FileContent.Lines}; the next offset is null at the end. */
    public record Window(
            long first, long last, long total, @Nullable Long next) {
        static Window of(FileContent.Lines lines) {
            return new Window(
                    lines.first(), lines.last(), lines.total(), lines.next().orElse(null));
        }

        FileContent.Lines toLines() {
            return new FileContent.Lines(first, last, total, Optional.ofNullable(next));
        }
    }
}
