package io.synapse.sdk.workspace;

import io.synapse.sdk.AsyncPerformer;
import io.synapse.sdk.workspace.internal.InterruptibleCall;
import io.synapse.sdk.workspace.internal.remote.RemoteWorkspace;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Asynchronous twin of {@link WorkspaceOperations}. */
public interface AsyncWorkspaceOperations extends AsyncPerformer {
    /** Asynchronous twin of {@link WorkspaceOperations#openWorkspace}. Cancelling the future undoes what was done. */
    default CompletableFuture<Workspace> openWorkspace(WorkspaceRequest request) {
        return InterruptibleCall.start(
                () -> RemoteWorkspace.open(sync(), request.description(), request.progress()), "workspace-open");
    }

    /** Asynchronous twin of {@link WorkspaceOperations#openWorkspace()}. */
    default CompletableFuture<Workspace> openWorkspace() {
        return openWorkspace(WorkspaceRequest.defaults());
    }

    /** Asynchronous twin of {@link WorkspaceOperations#listWorkspaces}. */
    default CompletableFuture<List<WorkspaceInfo>> listWorkspaces() {
        return perform(WorkspaceEndpoints.list());
    }

    /** Asynchronous twin of {@link WorkspaceOperations#getWorkspace}. */
    default CompletableFuture<Workspace> getWorkspace(String id) {
        return perform(WorkspaceEndpoints.get(id).map(info -> RemoteWorkspace.existing(sync(), info.id())));
    }

    /** Asynchronous twin of {@link WorkspaceOperations#deleteWorkspace}. */
    default CompletableFuture<@Nullable Void> deleteWorkspace(String id) {
        return perform(WorkspaceEndpoints.delete(id));
    }
}
