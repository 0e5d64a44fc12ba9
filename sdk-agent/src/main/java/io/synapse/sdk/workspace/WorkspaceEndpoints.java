package io.synapse.sdk.workspace;

import io.synapse.sdk.Endpoint;
import io.synapse.sdk.Operation;
import io.synapse.sdk.ResponseType;
import io.synapse.sdk.dialect.internal.Ids;
import io.synapse.sdk.workspace.internal.remote.RemoteWorkspace;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The requests of the blocking and the asynchronous operations (wire/agent.md, section 7). */
final class WorkspaceEndpoints {
    private static final String WORKSPACE = "workspace";

    private WorkspaceEndpoints() {}

    static Operation<List<WorkspaceInfo>> list() {
        return Endpoint.get("workspaces/", ResponseType.listOf(WorkspaceInfo.class));
    }

    static Operation<WorkspaceInfo> get(String id) {
        return Operation.deferred(() -> Endpoint.get("workspaces/{}/", WorkspaceInfo.class, Ids.check(WORKSPACE, id)));
    }

    static Operation<@Nullable Void> delete(String id) {
        return Operation.deferred(() -> RemoteWorkspace.closing(Ids.check(WORKSPACE, id)));
    }
}
