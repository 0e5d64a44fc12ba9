package io.synapse.sdk.workspace;

import io.synapse.sdk.workspace.internal.InterruptibleCall;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The asynchronous twin of {@link Workspace}: the same operations, each returning a future that fails with the exception
 * that the blocking one throws. Cancelling a future ends its operation; the future is cancelled once that is done. Safe for
 * use by any number of threads.
 */
public final class AsyncWorkspace {
    private final Workspace workspace;
    private final Executor executor;

    /**
     * The twin of a workspace.
     *
     * @param executor where operations run, each on a thread until it is done
     */
    public AsyncWorkspace(Workspace workspace, Executor executor) {
        this.workspace = workspace;
        this.executor = executor;
    }

    /** Performs any operation, or several in order, in the background. */
    public <T extends @Nullable Object> CompletableFuture<T> perform(Function<? super Workspace, T> operation) {
        return InterruptibleCall.start(() -> operation.apply(workspace), executor);
    }

    /** The blocking twin. */
    public Workspace sync() {
        return workspace;
    }

    /** Asynchronous twin of {@link Workspace#agent}. */
    public CompletableFuture<WorkspaceAgent> agent(String name) {
        return perform(twin -> twin.agent(name));
    }

    /** Asynchronous twin of {@link Workspace#agents}. */
    public CompletableFuture<List<String>> agents() {
        return perform(Workspace::agents);
    }

    /** Asynchronous twin of {@link Workspace#snapshot}. */
    public CompletableFuture<Snapshot> snapshot(Path target) {
        return perform(twin -> twin.snapshot(target));
    }

    /** Asynchronous twin of {@link Workspace#restore}. */
    public CompletableFuture<@Nullable Void> restore(Path snapshot) {
        return perform(twin -> {
            twin.restore(snapshot);
            return null;
        });
    }

    /** Asynchronous twin of {@link Workspace#watch}. */
    public CompletableFuture<WorkspaceEvents> watch(String path) {
        return perform(twin -> twin.watch(path));
    }

    /** Asynchronous twin of {@link Workspace#reopen}. */
    public CompletableFuture<@Nullable Void> reopen() {
        return perform(twin -> {
            twin.reopen();
            return null;
        });
    }
}
