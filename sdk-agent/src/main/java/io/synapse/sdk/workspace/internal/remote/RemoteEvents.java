package io.synapse.sdk.workspace.internal.remote;

import io.synapse.sdk.CallCancelledException;
import io.synapse.sdk.ClientException;
import io.synapse.sdk.Failure;
import io.synapse.sdk.workspace.WorkspaceEvent;
import io.synapse.sdk.workspace.WorkspaceEvents;
import io.synapse.sdk.workspace.internal.WorkspaceCalls;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** Changes in a folder of a workspace on an agent. */
final class RemoteEvents implements WorkspaceEvents {
    private final RemoteCalls calls;
    private final WorkspaceCalls.Id id;
    private final AtomicBoolean closed = new AtomicBoolean();

    RemoteEvents(RemoteCalls calls, WorkspaceCalls.Id id) {
        this.calls = calls;
        this.id = id;
    }

    @Override
    public Optional<WorkspaceEvent> next(Duration timeout) {
        requireOpen();
        try {
            return Optional.ofNullable(calls.perform(
                            WorkspaceCalls.NEXT_EVENT,
                            new WorkspaceCalls.Await(id.id(), WorkspaceCalls.seconds(timeout)))
                    .event());
        } catch (ClientException e) {
            requireOpen(); // an agent that got the end of the watch before this call does not know the watch
            throw e;
        }
    }

    private void requireOpen() {
        if (closed.get()) {
            throw new CallCancelledException(Failure.of(499, "the watch was closed"));
        }
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            RemoteCalls.uninterrupted(() -> calls.perform(WorkspaceCalls.CLOSE_WATCH, id));
        }
    }
}
