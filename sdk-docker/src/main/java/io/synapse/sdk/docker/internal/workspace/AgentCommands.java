package io.synapse.sdk.docker.internal.workspace;

import io.synapse.sdk.ClientException;
import io.synapse.sdk.RequestTimeoutException;
import io.synapse.sdk.docker.internal.EngineExec;
import io.synapse.sdk.docker.internal.workspace.CommandExecution.Ending;
import io.synapse.sdk.internal.http.Deadline;
import io.synapse.sdk.workspace.Command;
import io.synapse.sdk.workspace.CommandResult;
import io.synapse.sdk.workspace.EngineUnavailableException;
import io.synapse.sdk.workspace.WorkspaceException;
import io.synapse.sdk.workspace.WorkspaceException.Reason;
import io.synapse.sdk.workspace.WorkspaceLostException;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The commands of one agent: starts them, and ends them at their time limit. Safe for use by several threads. */
final class AgentCommands {
    private static final Logger LOG = LoggerFactory.getLogger(AgentCommands.class);

    /** How long a command has for its end after SIGTERM. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    private static final Duration LOOK_INTERVAL = Duration.ofMillis(50);

    private final WorkspaceContainer container;
    private final ShellUser user;
    private final AgentProcesses processes;
    private final Duration defaultTimeout;
    private final ExecutorService executor;
    private final ScheduledExecutorService timer;
    private final Runnable rootKill;
    private final Set<CommandExecution> running = ConcurrentHashMap.newKeySet();

    /**
     * The commands of an agent.
     *
     * @param defaultTimeout of a command that has none; zero for none
     * @param executor ends commands; ends are waited for, so it must not be bounded
     * @param timer tells when a time limit is reached
     * @param rootKill kills all processes of the agent's user, where they hinder those that have its rights
     */
    AgentCommands(
            WorkspaceContainer container,
            ShellUser user,
            AgentProcesses processes,
            Duration defaultTimeout,
            ExecutorService executor,
            ScheduledExecutorService timer,
            Runnable rootKill) {
        this.container = container;
        this.user = user;
        this.processes = processes;
        this.defaultTimeout = defaultTimeout;
        this.executor = executor;
        this.timer = timer;
        this.rootKill = rootKill;
    }

    CommandResult execute(Command command) {
        CommandExecution execution = start(command);
        try {
            execution.future().get();
        } catch (InterruptedException e) {
            end(execution, Ending.CANCELLED);
            throw ShellPool.interrupted(true);
        } catch (ExecutionException e) {
            LOG.debug("the command failed", e); // thrown below, as what it is
        }
        return execution.join();
    }

    CommandExecution start(Command command) {
        Duration own = command.timeout();
        Deadline deadline = Deadline.after(own == null ? defaultTimeout : own);
        CommandExecution execution = new CommandExecution(this, command, deadline);
        running.add(execution);
        processes.register(execution.processes());
        boolean isStarted = false;
        try {
            execution.start(container, user);
            isStarted = true;
        } finally {
            if (!isStarted) {
                forget(execution);
            }
        }
        return execution;
    }

    /** Whether one of them runs. */
    boolean isRunning() {
        return !running.isEmpty();
    }

    /** Does something at a deadline, on a thread that may wait. */
    ScheduledFuture<?> at(Deadline deadline, Runnable task) {
        return timer.schedule(() -> executor.execute(task), deadline.leftNanos(), TimeUnit.NANOSECONDS);
    }

    /**
     * Ends a command with all its processes; returns when none is left. An interrupt takes effect after that. Where the
     * command has ended by itself, what it left in the background goes on, until its time limit.
     */
    void end(CommandExecution execution, Ending reason) {
        if (execution.beginEnding(reason)) {
            CompletableFuture.runAsync(() -> endAll(List.of(execution), List.of(execution.processes())), executor)
                    .join();
        } else {
            execution.future().handle((result, failure) -> result).join();
        }
    }

    /** Ends all commands and what they left, since the agent is closed. */
    void close() {
        List<CommandExecution> open =
                running.stream().filter(each -> each.beginEnding(Ending.CLOSED)).toList();
        Collection<CommandProcesses> all = processes.commands();
        if (!all.isEmpty()) {
            CompletableFuture.runAsync(() -> endAll(open, all), executor).join();
        }
    }

    /** Kills all processes of the agent: what its container's end might wait for. Without them, it does nothing. */
    void killAll() {
        if (!processes.commands().isEmpty()) {
            running.forEach(each -> each.beginEnding(Ending.CLOSED)); // not by themselves
            rootKill.run();
        }
    }

    /** Forgets all commands, since their container is gone. */
    void abandon(ClientException why) {
        List.copyOf(running).forEach(each -> lost(each, why));
        processes.forget(processes.commands());
    }

    /** A command has ended by itself; what it left in the background may go on until the deadline. */
    void ownEnd(CommandExecution execution, Deadline deadline) {
        running.remove(execution);
        CommandProcesses remains = execution.processes(); // without the execution, which has its output
        if (deadline != Deadline.NONE) {
            at(deadline, () -> endRemains(remains));
        }
    }

    /** What became of a command whose stream has ended: only the engine can tell. */
    void streamEnded(CommandExecution execution, EngineExec program) {
        try {
            executor.execute(() -> explainEnd(execution, program));
        } catch (RejectedExecutionException e) {
            lost(execution, ShellPool.cancelled("the workspace was closed"));
        }
    }

    private void explainEnd(CommandExecution execution, EngineExec program) {
        try {
            OptionalInt code = container.exitCode(program);
            if (code.isPresent() && container.isRunningStill()) {
                execution.ended(code.getAsInt());
            } else {
                lost(execution, container.lost(true));
            }
        } catch (InterruptedException e) {
            lost(execution, ShellPool.cancelled("the workspace was closed"));
        } catch (ClientException e) {
            lost(execution, e);
        }
    }

    private void endRemains(CommandProcesses remains) {
        if (processes.isRegistered(remains)) {
            try {
                endProcesses(List.of(), List.of(remains));
            } catch (ClientException | IllegalStateException e) {
                LOG.debug("what a command left cannot be ended", e);
            }
        }
    }

    private void endAll(Collection<CommandExecution> open, Collection<CommandProcesses> all) {
        try {
            endProcesses(open, all);
            open.forEach(CommandExecution::ended);
        } catch (WorkspaceException e) {
            open.forEach(each -> each.failed(e.mayHaveBeenExecuted() ? e : container.lost(true)));
        } catch (ClientException e) {
            open.forEach(each -> each.failed(e));
        } catch (IllegalStateException e) {
            LOG.debug("closed meanwhile", e);
            open.forEach(each -> each.failed(ShellPool.cancelled("the workspace was closed")));
        } finally {
            open.forEach(running::remove);
        }
    }

    private void endProcesses(Collection<CommandExecution> open, Collection<CommandProcesses> all) {
        try {
            Shell shell = processes.startEndingShell();
            try {
                if (!open.isEmpty()) {
                    processes.terminate(all, shell);
                    Deadline deadline = Deadline.after(GRACE);
                    while (!deadline.isOver() && processes.areLeft(all, shell)) {
                        awaitStop(open, deadline);
                    }
                }
                processes.end(all, shell);
            } finally {
                processes.release(shell);
            }
        } catch (IOException | InterruptedException e) {
            throw new WorkspaceException(Reason.OTHER, "a command cannot be ended: " + e.getMessage(), e);
        } catch (WorkspaceLostException | EngineUnavailableException e) {
            throw e;
        } catch (RequestTimeoutException | WorkspaceException e) {
            LOG.debug("the agent's processes hinder their end: all of them are killed", e);
            rootKill.run();
            processes.forget(processes.commands());
        }
    }

    /** Waits for the end of commands; where they have ended and left something, for a moment. */
    private static void awaitStop(Collection<CommandExecution> open, Deadline deadline) throws InterruptedException {
        for (CommandExecution each : open) {
            each.awaitStop(deadline);
        }
        TimeUnit.NANOSECONDS.sleep(Math.min(LOOK_INTERVAL.toNanos(), deadline.leftNanos()));
    }

    private void lost(CommandExecution execution, ClientException failure) {
        forget(execution);
        execution.failed(failure);
    }

    private void forget(CommandExecution execution) {
        running.remove(execution);
        processes.forget(List.of(execution.processes()));
    }
}
