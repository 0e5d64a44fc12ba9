package io.synapse.sdk.it.workspace;

import io.synapse.sdk.it.docker.DockerEngine;
import io.synapse.sdk.workspace.Workspace;
import io.synapse.sdk.workspace.WorkspaceAgent;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/**
 * What every implementation of {@link Workspace} does, whatever its image. A subclass opens one workspace, which all tests
 * share; each test has agents of its own.
 */
@TestInstance(Lifecycle.PER_CLASS)
abstract class WorkspaceContract
        implements WorkspacePathContract,
                WorkspaceFileContract,
                WorkspaceSearchContract,
                WorkspaceTextContract,
                WorkspaceTransferContract,
                WorkspaceCommandContract,
                WorkspaceEndingContract {
    private final AtomicInteger agents = new AtomicInteger();
    private Workspace workspace;

    /** A workspace with at least 256 processes and 256 MiB of memory. */
    abstract Workspace open(DockerEngine engine) throws Exception;

    @BeforeAll
    void openWorkspace(DockerEngine engine) throws Exception {
        workspace = open(engine);
    }

    @AfterAll
    void closeWorkspace() {
        workspace.close();
    }

    @Override
    public Workspace workspace() {
        return workspace;
    }

    @Override
    public WorkspaceAgent newAgent() {
        return workspace.agent("agent-" + agents.incrementAndGet());
    }
}
