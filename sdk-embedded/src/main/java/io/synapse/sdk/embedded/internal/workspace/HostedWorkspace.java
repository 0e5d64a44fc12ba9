package io.synapse.sdk.embedded.internal.workspace;

import io.synapse.sdk.workspace.RunningCommand;
import io.synapse.sdk.workspace.Workspace;
import io.synapse.sdk.workspace.WorkspaceEvents;
import io.synapse.sdk.workspace.internal.CallReply;
import io.synapse.sdk.workspace.internal.WorkspaceCall;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/** A workspace with what its clients have there: calls, commands, watches, contents. Thread-safe. */
public final class HostedWorkspace implements WorkspaceCall.Host {
    /** How long what is not used is kept for a client that may come back. */
    private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(10);

    private final Workspace workspace;
    private final WorkspaceDescription description;
    private final LongSupplier nanoTime;
    private final HostedCalls calls;
    private final Handles<RunningCommand> commands;
    private final Handles<WorkspaceEvents> watches;
    private final Contents contents;
    private final Instant openedAt = Instant.now();
    private volatile long lastUse;

    HostedWorkspace(
            Workspace workspace,
            WorkspaceDescription description,
            Path folder,
            Executor executor,
            LongSupplier nanoTime) {
        this.workspace = workspace;
        this.description = description;
        this.nanoTime = nanoTime;
        this.calls = new HostedCalls(executor, nanoTime);
        this.commands = new Handles<>("command", nanoTime);
        this.watches = new Handles<>("watch", nanoTime);
        this.contents = new Contents(folder);
        used();
    }

    /**
     * The reply to a call.
     *
     * @param mayBegin whether one whose key is not known is begun
     */
    public CompletableFuture<CallReply> call(
            String key, WorkspaceCall<?, ?> call, Record arguments, boolean mayBegin, Duration most) {
        used();
        return mayBegin || calls.isKnown(key)
                ? calls.join(key, progress -> call.perform(this, arguments), !call.isRepeatable(), most)
                : HostedCalls.forgotten();
    }

    /** Ends a call; one that is not known, and may still come, will not be begun. */
    public CompletableFuture<CallReply> cancel(String key, Duration most) {
        used();
        return calls.cancel(key, most);
    }

    /** What is on its way. */
    public Contents contents() {
        used();
        return contents;
    }

    @Override
    public Workspace workspace() {
        return workspace;
    }

    @Override
    public Path content(String key) {
        return contents.file(key);
    }

    @Override
    public WorkspaceCall.Handles<RunningCommand> commands() {
        return commands;
    }

    @Override
    public WorkspaceCall.Handles<WorkspaceEvents> watches() {
        return watches;
    }

    /** When it was opened. */
    public Instant openedAt() {
        return openedAt;
    }

    /** When it was last asked for something, or a call or a command ran. */
    public Instant lastUsedAt() {
        return Instant.now().minusNanos(nanoTime.getAsLong() - lastUse);
    }

    /** Whether it was not used for its idle timeout. */
    boolean isIdle() {
        return nanoTime.getAsLong() - lastUse >= description.idleTimeout().toNanos();
    }

    /** Cancels what nobody waits for, and forgets what nobody will ask for. */
    void sweep() throws IOException {
        boolean isCalled = calls.isRunning();
        if (isCalled || commands.all().stream().anyMatch(RunningCommand::isRunning)) {
            used();
        }
        calls.sweep(description.lease());
        commands.removeUnused(FORGOTTEN_AFTER, RunningCommand::isRunning);
        watches.removeUnused(FORGOTTEN_AFTER, watch -> isCalled).forEach(WorkspaceEvents::close);
        contents.deleteUnusedSince(Instant.now().minus(FORGOTTEN_AFTER));
    }

    private void used() {
        lastUse = nanoTime.getAsLong();
    }

    /**
     * Ends all calls and commands, and removes the container.
     *
     * @throws io.synapse.sdk.workspace.WorkspaceException when that cannot be removed
     */
    void close() {
        calls.cancelAll("the workspace is closed");
        try (contents) {
            workspace.close();
        }
    }
}
