package io.synapse.sdk.docker.internal.workspace;

import io.synapse.sdk.internal.http.Deadline;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The processes of one agent: the shells that serve it, and its commands. Ends a command with all its processes, as
 * wire/workspace.md, section 3, says: what has the agent's user and belongs to no shell and to no other command is killed.
 * Nothing is started in between that is not registered: that is what the lock is for. Safe for use by several threads.
 */
final class AgentProcesses {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration ENDING_PATIENCE = Duration.ofSeconds(5);

    private final WorkspaceContainer container;
    private final ShellUser user;
    private final ReadWriteLock starts = new ReentrantReadWriteLock();
    private final Set<Shell> shells = ConcurrentHashMap.newKeySet();
    private final Set<CommandProcesses> commands = ConcurrentHashMap.newKeySet();

    AgentProcesses(WorkspaceContainer container, ShellUser user) {
        this.container = container;
        this.user = user;
    }

    /** Starts a shell, which lives until it is released. */
    Shell startShell() throws InterruptedException {
        return startShell(Shell.SILENCE);
    }

    /** Starts the shell that ends processes: one that hinders it must not gain much time. */
    Shell startEndingShell() throws InterruptedException {
        return startShell(ENDING_PATIENCE);
    }

    private Shell startShell(Duration patience) throws InterruptedException {
        starts.readLock().lockInterruptibly();
        try {
            Shell shell = Shell.start(container, user, patience);
            shells.add(shell);
            return shell;
        } finally {
            starts.readLock().unlock();
        }
    }

    /** Closes a shell. */
    void release(Shell shell) {
        shells.remove(shell);
        shell.close();
    }

    /** Ends a shell that is busy, with what it started; it removes the file that it writes. */
    void kill(Shell busy) throws IOException, InterruptedException {
        release(busy);
        if (busy.processId() > 0) {
            Shell shell = startShell();
            try {
                shell.call("kill -TERM -" + busy.processId(), Shell.Content.NOTHING, Deadline.after(PATIENCE));
            } finally {
                release(shell);
            }
        }
    }

    /** From here on the processes of a command are spared, until they are {@linkplain #end ended}. */
    void register(CommandProcesses command) {
        starts.readLock().lock();
        try {
            commands.add(command);
        } finally {
            starts.readLock().unlock();
        }
    }

    /** Whether the command may have processes. */
    boolean isRegistered(CommandProcesses command) {
        return commands.contains(command);
    }

    /** The commands that may have processes. */
    Collection<CommandProcesses> commands() {
        return List.copyOf(commands);
    }

    /** Forgets commands whose processes are gone with their container, or were never started. */
    void forget(Collection<CommandProcesses> gone) {
        commands.removeAll(gone);
        gone.forEach(CommandProcesses::shellEnded);
    }

    /** Sends SIGTERM to all processes of commands. */
    void terminate(Collection<CommandProcesses> doomed, Shell shell) throws IOException, InterruptedException {
        request("terminate_processes 1", doomed, shell);
    }

    /** Whether processes of commands are left. */
    boolean areLeft(Collection<CommandProcesses> doomed, Shell shell) throws IOException, InterruptedException {
        return !request("terminate_processes 0", doomed, shell).strip().equals("0");
    }

    /**
     * Ends all processes of commands with SIGKILL, and forgets of those that have ended themselves the ones that have left
     * nothing. When it returns, none is left.
     */
    void end(Collection<CommandProcesses> doomed, Shell shell) throws IOException, InterruptedException {
        Set<String> present = new HashSet<>(
                Arrays.asList(request("end_processes", doomed, shell).split("\\s+")));
        commands.removeAll(doomed);
        commands.removeIf(each -> each.hasEnded()
                && !present.contains(each.mark())
                && !present.contains(Integer.toString(each.processId())));
    }

    /** Nothing starts meanwhile that the request does not know of. */
    private String request(String function, Collection<CommandProcesses> doomed, Shell shell)
            throws IOException, InterruptedException {
        starts.writeLock().lockInterruptibly();
        try {
            Deadline patience = Deadline.after(PATIENCE);
            for (CommandProcesses each : commands) {
                each.awaitBegin(patience);
            }
            shells.removeIf(Shell::hasEnded); // their process ids may be those of others by now
            Set<CommandProcesses> spared =
                    commands.stream().filter(each -> !doomed.contains(each)).collect(Collectors.toSet());
            ByteArrayOutputStream output = new ByteArrayOutputStream();
            shell.call(
                    function + " '" + ids(shells, Shell::processId) + "' '"
                            + ids(spared, CommandProcesses::processId) + "' '" + ids(spared, CommandProcesses::mark)
                            + "'",
                    output::write,
                    Deadline.after(PATIENCE));
            return output.toString(StandardCharsets.US_ASCII);
        } finally {
            starts.writeLock().unlock();
        }
    }

    private static <T> String ids(Collection<T> all, Function<T, Object> id) {
        return all.stream().map(each -> id.apply(each).toString()).collect(Collectors.joining(" "));
    }
}
