package io.synapse.sdk.docker.internal.workspace;

import io.synapse.sdk.CallCancelledException;
import io.synapse.sdk.Failure;
import io.synapse.sdk.internal.http.Failures;
import io.synapse.sdk.workspace.WorkspaceException;
import io.synapse.sdk.workspace.WorkspaceException.Reason;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The shells of one agent: as many as there are operations at once, up to a limit; few stay when it is quiet. Safe for use
 * by several threads.
 */
final class ShellPool implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ShellPool.class);

    /** Of a container with 256 processes (wire/workspace.md, section 3), for 50 agents. */
    static final int MOST = 4;

    private static final int MOST_IDLE = 1;

    private final AgentProcesses processes;
    private final Semaphore places;
    private final Deque<Shell> idle = new ArrayDeque<>();
    private final Set<Shell> busy = new HashSet<>();
    private boolean closed;

    /** What is done with a shell. */
    @FunctionalInterface
    interface Use<T> {
        T with(Shell shell) throws IOException, InterruptedException;
    }

    /** What is done with a shell and has no result. */
    @FunctionalInterface
    interface Action {
        void with(Shell shell) throws IOException, InterruptedException;
    }

    ShellPool(AgentProcesses processes, int most) {
        this.processes = processes;
        this.places = new Semaphore(most, true);
    }

    /**
     * Uses a shell.
     *
     * @throws CallCancelledException when the thread is interrupted, or the pool closed: the shell is ended with what it does
     * @throws WorkspaceException when it fails
     */
    <T> T use(Use<T> use) {
        try {
            places.acquire();
        } catch (InterruptedException e) {
            throw interrupted(false);
        }
        try {
            return useOne(use);
        } finally {
            places.release();
        }
    }

    /** The same for what has no result. */
    void run(Action action) {
        use(shell -> {
            action.with(shell);
            return Boolean.TRUE;
        });
    }

    /** The same for what only reads: done again when the shell was killed meanwhile, by a command of the agent for instance. */
    <T> T read(Use<T> use) {
        try {
            return use(use);
        } catch (WorkspaceException e) {
            if (e.reason() != Reason.OTHER || !e.mayHaveBeenExecuted()) {
                throw e;
            }
            LOG.debug("a shell of the workspace was killed: once more", e);
            return use(use);
        }
    }

    private <T> T useOne(Use<T> use) {
        Shell shell = null;
        boolean isReusable = false;
        try {
            shell = take();
            T result = use.with(shell);
            isReusable = true;
            return result;
        } catch (InterruptedException e) {
            throw interrupted(true);
        } catch (IOException e) {
            throw new WorkspaceException(
                    Reason.OTHER, "what was copied cannot be read or written here: " + e.getMessage(), e);
        } catch (WorkspaceException e) {
            isReusable = true;
            throw isClosed() ? cancelled("its agent was closed") : e;
        } finally {
            if (shell != null) {
                give(shell, isReusable);
            }
        }
    }

    private Shell take() throws InterruptedException {
        synchronized (this) {
            requireOpen();
            while (!idle.isEmpty()) {
                Shell shell = idle.pop();
                if (!shell.hasEnded()) {
                    busy.add(shell);
                    return shell;
                }
                processes.release(shell);
            }
        }
        Shell shell = processes.startShell();
        synchronized (this) {
            busy.add(shell);
        }
        return shell;
    }

    /** What is not reusable may have begun to write a file, which it removes at its end. */
    private void give(Shell shell, boolean isReusable) {
        synchronized (this) {
            busy.remove(shell);
            if (isReusable && !closed && !shell.hasEnded() && !shell.isBusy() && idle.size() < MOST_IDLE) {
                idle.push(shell);
                return;
            }
        }
        if (shell.isBusy() && !shell.hasEnded()) {
            kill(shell);
        } else {
            processes.release(shell);
        }
    }

    /** What it does would go on for nobody. */
    private void kill(Shell shell) {
        boolean interrupted = Thread.interrupted();
        try {
            processes.kill(shell);
        } catch (IOException | WorkspaceException e) {
            LOG.debug("a shell of the workspace cannot be ended", e);
        } catch (InterruptedException e) {
            interrupted = true;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the agent is closed");
        }
    }

    static CallCancelledException interrupted(boolean mayHaveBeenExecuted) {
        Thread.currentThread().interrupt();
        return new CallCancelledException(Failure.of(499, "the operation was cancelled: " + Failures.INTERRUPTED)
                .mayHaveBeenExecuted(mayHaveBeenExecuted));
    }

    static CallCancelledException cancelled(String why) {
        return new CallCancelledException(
                Failure.of(499, "the operation was cancelled: " + why).mayHaveBeenExecuted(true));
    }

    /** Ends the shells; what is under way fails. */
    @Override
    public void close() {
        List<Shell> all;
        synchronized (this) {
            closed = true;
            idle.addAll(busy);
            all = List.copyOf(idle);
            idle.clear();
        }
        all.forEach(processes::release);
    }
}
