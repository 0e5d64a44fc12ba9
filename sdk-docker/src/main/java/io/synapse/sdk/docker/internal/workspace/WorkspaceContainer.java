package io.synapse.sdk.docker.internal.workspace;

import io.synapse.sdk.Failure;
import io.synapse.sdk.docker.internal.EngineContainer;
import io.synapse.sdk.docker.internal.EngineContainers;
import io.synapse.sdk.docker.internal.EngineException;
import io.synapse.sdk.docker.internal.EngineExec;
import io.synapse.sdk.docker.internal.EngineExecs;
import io.synapse.sdk.docker.internal.ExecOutput;
import io.synapse.sdk.docker.internal.ExecSpec;
import io.synapse.sdk.workspace.EngineUnavailableException;
import io.synapse.sdk.workspace.WorkspaceException;
import io.synapse.sdk.workspace.WorkspaceException.Reason;
import io.synapse.sdk.workspace.WorkspaceLostException;
import java.util.Optional;
import java.util.OptionalInt;

/** The container of a workspace: starts programs in it, and tells what became of it. Safe for use by several threads. */
public final class WorkspaceContainer {
    private static final int LOOKS = 5;
    private static final long LOOK_INTERVAL_MILLIS = 100;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int UNAVAILABLE = 503;

    private final String id;
    private final EngineContainers containers;
    private final EngineExecs execs;

    WorkspaceContainer(String id, EngineContainers containers, EngineExecs execs) {
        this.id = id;
        this.containers = containers;
        this.execs = execs;
    }

    /** Its Docker id. */
    public String id() {
        return id;
    }

    /**
     * Starts a program.
     *
     * @throws WorkspaceException when it cannot be started: it has not been executed
     */
    EngineExec start(ExecSpec spec, ExecOutput output) {
        try {
            return execs.start(id, spec, output);
        } catch (EngineException e) {
            throw failure(e, false);
        }
    }

    /** How a program ended whose stream has ended; empty when that is not known. */
    OptionalInt exitCode(EngineExec program) {
        try {
            return execs.exitCode(program);
        } catch (EngineException e) {
            throw failure(e, true);
        }
    }

    /**
     * Whether it runs, after a program in it was killed: that may have been the beginning of its own end, which takes a
     * moment.
     */
    boolean isRunningStill() throws InterruptedException {
        for (int look = 1; look <= LOOKS; look++) {
            try {
                if (!containers
                        .inspect(id)
                        .map(EngineContainer.Details::isRunning)
                        .orElse(false)) {
                    return false;
                }
            } catch (EngineException e) {
                throw failure(e, true);
            }
            Thread.sleep(LOOK_INTERVAL_MILLIS);
        }
        return true;
    }

    /** Starts it again; false where it runs. */
    boolean restart() {
        try {
            boolean isRunning = containers
                    .inspect(id)
                    .map(EngineContainer.Details::isRunning)
                    .orElse(false);
            containers.start(id);
            return !isRunning;
        } catch (EngineException e) {
            throw failure(e, false);
        }
    }

    /**
     * Why a stream ended before its program did.
     *
     * @param mayHaveBeenExecuted whether something was asked of the program
     */
    WorkspaceException lost(boolean mayHaveBeenExecuted) {
        Optional<EngineContainer.Details> details;
        try {
            details = containers.inspect(id);
        } catch (EngineException e) {
            return failure(e, mayHaveBeenExecuted);
        }
        if (details.isEmpty()) {
            return lost("was removed", mayHaveBeenExecuted);
        }
        String ending = details.get().ending();
        return ending == null
                ? new WorkspaceException(
                        Reason.OTHER,
                        Failure.of(
                                        Reason.OTHER.status(),
                                        "the process in the workspace that does this was killed: by a command of the"
                                                + " agent, or because the memory of the container is used up")
                                .attempts(1)
                                .mayHaveBeenExecuted(mayHaveBeenExecuted),
                        null)
                : lost(ending + "; reopen() starts it again, its files are kept", mayHaveBeenExecuted);
    }

    private WorkspaceLostException lost(String how, boolean mayHaveBeenExecuted) {
        String message = "the container of the workspace, " + id.substring(0, Math.min(12, id.length())) + ", " + how;
        return new WorkspaceLostException(
                Failure.of(UNAVAILABLE, message).attempts(1).mayHaveBeenExecuted(mayHaveBeenExecuted), null);
    }

    /** It does not run, or is paused. */
    private WorkspaceException conflict(EngineException conflict, boolean mayHaveBeenExecuted) {
        WorkspaceException lost = lost(mayHaveBeenExecuted);
        return lost.reason() != Reason.OTHER ? lost : other(conflict, mayHaveBeenExecuted);
    }

    private static WorkspaceException other(EngineException failure, boolean mayHaveBeenExecuted) {
        return new WorkspaceException(
                Reason.OTHER,
                Failure.of(failure.status(), String.valueOf(failure.getMessage()))
                        .attempts(1)
                        .mayHaveBeenExecuted(mayHaveBeenExecuted),
                failure);
    }

    private WorkspaceException failure(EngineException failure, boolean mayHaveBeenExecuted) {
        return switch (failure.status()) {
            case NOT_FOUND -> lost("was removed", mayHaveBeenExecuted);
            case CONFLICT -> conflict(failure, mayHaveBeenExecuted);
            case UNAVAILABLE ->
                new EngineUnavailableException(
                        Failure.of(UNAVAILABLE, String.valueOf(failure.getMessage()))
                                .attempts(1)
                                .mayHaveBeenExecuted(mayHaveBeenExecuted),
                        failure);
            default -> other(failure, mayHaveBeenExecuted);
        };
    }
}
