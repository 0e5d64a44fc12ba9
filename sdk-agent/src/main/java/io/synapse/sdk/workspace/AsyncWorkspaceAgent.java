package io.synapse.sdk.workspace;

import io.synapse.sdk.workspace.internal.InterruptibleCall;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The asynchronous twin of {@link WorkspaceAgent}: the same operations, each returning a future that fails with the
 * exception that the blocking one throws.
 *
 * <p>Cancelling a future ends its operation, a command with all its processes. The future is cancelled once that is done,
 * which may be 2 s after {@link CompletableFuture#cancel} has returned. Safe for use by any number of threads.
 */
public final class AsyncWorkspaceAgent {
    private final WorkspaceAgent agent;
    private final Executor executor;

    /**
     * The twin of an agent.
     *
     * @param executor where operations run, each on a thread until it is done
     */
    public AsyncWorkspaceAgent(WorkspaceAgent agent, Executor executor) {
        this.agent = agent;
        this.executor = executor;
    }

    /** Performs any operation, or several in order, in the background. */
    public <T extends @Nullable Object> CompletableFuture<T> perform(Function<? super WorkspaceAgent, T> operation) {
        return InterruptibleCall.start(() -> operation.apply(agent), executor);
    }

    /** The blocking twin. */
    public WorkspaceAgent sync() {
        return agent;
    }

    /** Asynchronous twin of {@link WorkspaceAgent#execute(Command)}. */
    public CompletableFuture<CommandResult> execute(Command command) {
        return perform(twin -> twin.execute(command));
    }

    /** Asynchronous twin of {@link WorkspaceAgent#execute(Command, Consumer)}; the consumer is called in the background. */
    public CompletableFuture<CommandResult> execute(Command command, Consumer<CommandOutput> output) {
        return perform(twin -> twin.execute(command, output));
    }

    /** Asynchronous twin of {@link WorkspaceAgent#execute(String)}. */
    public CompletableFuture<CommandResult> execute(String command) {
        return perform(twin -> twin.execute(command));
    }

    /** Asynchronous twin of {@link WorkspaceAgent#execute(String, Duration)}. */
    public CompletableFuture<CommandResult> execute(String command, Duration timeout) {
        return perform(twin -> twin.execute(command, timeout));
    }

    /** Asynchronous twin of {@link WorkspaceAgent#start(Command)}. */
    public CompletableFuture<RunningCommand> start(Command command) {
        return perform(twin -> twin.start(command));
    }

    /** Asynchronous twin of {@link WorkspaceAgent#start(String)}. */
    public CompletableFuture<RunningCommand> start(String command) {
        return perform(twin -> twin.start(command));
    }

    /** Asynchronous twin of {@link WorkspaceAgent#read(String)}. */
    public CompletableFuture<FileContent> read(String path) {
        return perform(twin -> twin.read(path));
    }

    /** Asynchronous twin of {@link WorkspaceAgent#read(String, long, long)}. */
    public CompletableFuture<FileContent> read(String path, long offset, long limit) {
        return perform(twin -> twin.read(path, offset, limit));
    }

    /** Asynchronous twin of {@link WorkspaceAgent#write(String, String)}. */
    public CompletableFuture<FileVersion> write(String path, String content) {
        return perform(twin -> twin.write(path, content));
    }

    /** Asynchronous twin of {@link WorkspaceAgent#write(String, String, WriteCondition)}. */
    public CompletableFuture<FileVersion> write(String path, String content, WriteCondition condition) {
        return perform(twin -> twin.write(path, content, condition));
    }

    /** Asynchronous twin of {@link WorkspaceAgent#edit(String, Edit)}. */
    public CompletableFuture<EditResult> edit(String path, Edit edit) {
        return perform(twin -> twin.edit(path, edit));
    }

    /** Asynchronous twin of {@link WorkspaceAgent#edit(String, Edit, WriteCondition)}. */
    public CompletableFuture<EditResult> edit(String path, Edit edit, WriteCondition condition) {
        return perform(twin -> twin.edit(path, edit, condition));
    }

    /** Asynchronous twin of {@link WorkspaceAgent#delete(String)}. */
    public CompletableFuture<@Nullable Void> delete(String path) {
        return delete(path, WriteCondition.NONE);
    }

    /** Asynchronous twin of {@link WorkspaceAgent#delete(String, WriteCondition)}. */
    public CompletableFuture<@Nullable Void> delete(String path, WriteCondition condition) {
        return perform(twin -> {
            twin.delete(path, condition);
            return null;
        });
    }

    /** Asynchronous twin of {@link WorkspaceAgent#ls}. */
    public CompletableFuture<List<FileInfo>> ls(String path) {
        return perform(twin -> twin.ls(path));
    }

    /** Asynchronous twin of {@link WorkspaceAgent#grep(String)}. */
    public CompletableFuture<GrepResult> grep(String text) {
        return perform(twin -> twin.grep(text));
    }

    /** Asynchronous twin of {@link WorkspaceAgent#grep(GrepQuery)}. */
    public CompletableFuture<GrepResult> grep(GrepQuery query) {
        return perform(twin -> twin.grep(query));
    }

    /** Asynchronous twin of {@link WorkspaceAgent#glob(String)}. */
    public CompletableFuture<GlobResult> glob(String pattern) {
        return perform(twin -> twin.glob(pattern));
    }

    /** Asynchronous twin of {@link WorkspaceAgent#glob(String, String)}. */
    public CompletableFuture<GlobResult> glob(String pattern, String path) {
        return perform(twin -> twin.glob(pattern, path));
    }

    /** Asynchronous twin of {@link WorkspaceAgent#upload(List)}. */
    public CompletableFuture<List<UploadResult>> upload(List<FileUpload> files) {
        return perform(twin -> twin.upload(files));
    }

    /** Asynchronous twin of {@link WorkspaceAgent#upload(FileUpload)}. */
    public CompletableFuture<FileVersion> upload(FileUpload file) {
        return perform(twin -> twin.upload(file));
    }

    /** Asynchronous twin of {@link WorkspaceAgent#download(String, Path)}. */
    public CompletableFuture<FileVersion> download(String path, Path target) {
        return perform(twin -> twin.download(path, target));
    }

    /** Asynchronous twin of {@link WorkspaceAgent#download(String, OutputStream)}. */
    public CompletableFuture<FileVersion> download(String path, OutputStream target) {
        return perform(twin -> twin.download(path, target));
    }
}
