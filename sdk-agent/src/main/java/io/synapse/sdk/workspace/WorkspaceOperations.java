package io.synapse.sdk.workspace;

import io.synapse.sdk.Performer;
import io.synapse.sdk.workspace.internal.remote.RemoteWorkspace;
import java.util.List;

/**
 * Operations on workspaces of an agent, for programs that have no Docker Engine of their own. An extension of the agent that
 * the SDK has ({@code EmbeddedAgent}); {@link #openWorkspace} says where an agent does not have it.
 */
public interface WorkspaceOperations extends Performer {
    /**
     * Opens a workspace on the agent. Its operations are those of any {@link Workspace}, with the same results and
     * exceptions, and besides these the client's: a {@link io.synapse.sdk.ConnectionException} when the agent cannot be
     * reached, for instance. A connection that breaks is no failure as long as the agent can be reached again within the
     * client's time limit for calls: an operation is done once, and its result is kept for the client.
     *
     * <p>{@link Workspace#close} removes the workspace from the agent. A workspace whose client has gone is removed after
     * its {@linkplain WorkspaceRequest#idleTimeout idle timeout}, and when the agent ends.
     *
     * @throws WorkspaceException when it cannot be opened as it was asked for
     * @throws io.synapse.sdk.NotFoundException when the agent has no workspaces
     * @throws EngineUnavailableException when the agent has no Docker Engine
     */
    default Workspace openWorkspace(WorkspaceRequest request) {
        return RemoteWorkspace.open(this, request.description(), request.progress());
    }

    /** Opens a workspace with the agent's defaults. */
    default Workspace openWorkspace() {
        return openWorkspace(WorkspaceRequest.defaults());
    }

    /** The workspaces that are open on the agent. */
    default List<WorkspaceInfo> listWorkspaces() {
        return perform(WorkspaceEndpoints.list());
    }

    /**
     * A workspace that is open on the agent, for instance one of another program. {@link Workspace#close} leaves it open,
     * with all that runs in it.
     *
     * @throws io.synapse.sdk.NotFoundException when there is none of this id
     */
    default Workspace getWorkspace(String id) {
        return RemoteWorkspace.existing(
                this, perform(WorkspaceEndpoints.get(id)).id());
    }

    /**
     * Closes a workspace, whoever opened it: its commands are ended, its container is removed with its files.
     *
     * @throws io.synapse.sdk.NotFoundException when there is none of this id
     */
    default void deleteWorkspace(String id) {
        perform(WorkspaceEndpoints.delete(id));
    }
}
