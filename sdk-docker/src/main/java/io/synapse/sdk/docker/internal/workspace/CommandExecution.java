package io.synapse.sdk.docker.internal.workspace;

import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.ClientException;
import io.synapse.sdk.Failure;
import io.synapse.sdk.RequestTimeoutException;
import io.synapse.sdk.docker.internal.EngineExec;
import io.synapse.sdk.docker.internal.ExecOutput;
import io.synapse.sdk.docker.internal.ExecSpec;
import io.synapse.sdk.internal.http.Deadline;
import io.synapse.sdk.workspace.Command;
import io.synapse.sdk.workspace.CommandOutput;
import io.synapse.sdk.workspace.CommandResult;
import io.synapse.sdk.workspace.OutsideWorkspaceException;
import io.synapse.sdk.workspace.RunningCommand;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One command: a program of its own in the container, {@code command.sh}, whose trailer tells that and how it ended
 * (wire/workspace.md, sections 0 and 5).
 */
final class CommandExecution implements RunningCommand, ExecOutput {
    private static final Logger LOG = LoggerFactory.getLogger(CommandExecution.class);
    private static final int TIMED_OUT = 124;
    private static final int MAX_PART = 64 << 10;
    private static final Stop UNKNOWN = new Stop(null, 0, 0);

    private final AgentCommands owner;
    private final Command command;
    private final Deadline deadline;
    private final CommandProcesses processes = new CommandProcesses();
    private final long started = System.nanoTime();
    private final OutputBuffer output;
    private final TrailerScanner scanner;
    private final CompletableFuture<Stop> stop = new CompletableFuture<>();
    private final CompletableFuture<CommandResult> result = new CompletableFuture<>();
    private @Nullable EngineExec program;
    private boolean streamEnded;
    private @Nullable Future<?> timeLimit;
    private @Nullable Ending ending;

    /** Why a command ends. */
    enum Ending {
        OWN,
        TIME_LIMIT,
        KILLED,
        CANCELLED,
        CLOSED
    }

    /**
     * How its shell stopped.
     *
     * @param code its exit code; null when it did not tell it
     * @param memoryKills how many processes were killed meanwhile because the memory was used up
     * @param omittedBytes how many bytes of its output are in its output file only
     */
    private record Stop(@Nullable Integer code, int memoryKills, long omittedBytes) {}

    CommandExecution(AgentCommands owner, Command command, Deadline deadline) {
        this.owner = owner;
        this.command = command;
        this.deadline = deadline;
        this.output = new OutputBuffer(command.outputLimit());
        this.scanner = new TrailerScanner(processes.mark(), new TrailerScanner.Receiver() {
            @Override
            public void content(byte[] bytes, int offset, int length) {
                keep(bytes, offset, length);
            }

            @Override
            public void trailer(String text) {
                told(text);
            }
        });
        result.whenComplete((end, failure) -> wakeReaders());
    }

    private synchronized void wakeReaders() {
        notifyAll();
    }

    /** Starts it, once. */
    void start(WorkspaceContainer container, ShellUser user) {
        List<String> environment =
                new ArrayList<>(List.of("HOME=" + user.home(), "SYNAPSE_COMMAND=" + processes.mark()));
        command.environment().forEach((name, value) -> environment.add(name + "=" + value));
        EngineExec exec = container.start(new ExecSpec(script(user), user.user(), environment, false), this);
        boolean isLost;
        synchronized (this) {
            program = exec;
            isLost = streamEnded;
            if (deadline != Deadline.NONE && ending == null) {
                timeLimit = owner.at(deadline, () -> owner.end(this, Ending.TIME_LIMIT));
            }
        }
        if (stop.isDone()) {
            exec.close();
        } else if (isLost) {
            owner.streamEnded(this, exec);
        }
    }

    private List<String> script(ShellUser user) {
        String folder = user.home();
        String file = command.outputFile() == null ? "" : WorkspacePath.absolute(command.outputFile(), folder);
        if (!file.isEmpty() && !user.mayUse(file)) {
            throw new OutsideWorkspaceException("the output file is outside the workspace: " + file);
        }
        return List.of(
                "sh",
                "-c",
                Scripts.COMMAND,
                "sh",
                processes.mark(),
                folder,
                command.text(),
                file,
                Integer.toString(command.outputLimit()));
    }

    CommandProcesses processes() {
        return processes;
    }

    /** Its result to be. */
    CompletableFuture<CommandResult> future() {
        return result;
    }

    /** Waits for the end of its shell, or the deadline. */
    void awaitStop(Deadline patience) throws InterruptedException {
        try {
            stop.handle((how, never) -> how).get(patience.leftNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            LOG.debug("a command goes on after SIGTERM");
        } catch (ExecutionException e) {
            throw new IllegalStateException(e); // handled
        }
    }

    /** Whether this is the first reason for its end: only that counts. */
    synchronized boolean beginEnding(Ending reason) {
        if (ending != null) {
            return false;
        }
        ending = reason;
        if (timeLimit != null) {
            timeLimit.cancel(false);
        }
        return true;
    }

    /** It was ended: none of its processes is left. */
    void ended() {
        stopped(UNKNOWN);
        Ending reason = ending();
        if (reason == Ending.CANCELLED || reason == Ending.CLOSED) {
            result.completeExceptionally(ShellPool.cancelled("the command was ended"));
        } else {
            result.complete(result(reason == Ending.TIME_LIMIT));
        }
    }

    /** The stream ended without a trailer, and the engine says with which code the program did. */
    void ended(int code) {
        ownEnd(new Stop(code, 0, 0));
    }

    /** It is not known how it ended. */
    void failed(ClientException failure) {
        beginEnding(Ending.CLOSED);
        stopped(UNKNOWN);
        result.completeExceptionally(failure);
    }

    @Override
    public boolean isRunning() {
        return !result.isDone();
    }

    @Override
    public synchronized String output() {
        return output.start() + output.end();
    }

    @Override
    public synchronized CommandOutput output(long position, Duration wait) {
        if (position < 0 || position > output.totalBytes()) {
            throw BadRequestException.refused(
                    "the output has " + output.totalBytes() + " bytes; none can be asked for from " + position + " on");
        }
        long end = System.nanoTime() + TimeUnit.NANOSECONDS.convert(wait);
        CommandOutput part = output.part(position, MAX_PART, result.isDone());
        try {
            for (long left = end - System.nanoTime();
                    isEmpty(part, position) && left > 0;
                    left = end - System.nanoTime()) {
                TimeUnit.NANOSECONDS.timedWait(this, left);
                part = output.part(position, MAX_PART, result.isDone());
            }
        } catch (InterruptedException e) {
            throw ShellPool.interrupted(true);
        }
        return part;
    }

    private static boolean isEmpty(CommandOutput part, long position) {
        return part.next() == position && !part.last();
    }

    @Override
    public Optional<CommandResult> result() {
        return result.isDone() ? Optional.of(join()) : Optional.empty();
    }

    @Override
    public CommandResult await(Duration timeout) {
        try {
            result.handle((end, failure) -> end).get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new RequestTimeoutException(
                    RequestTimeoutException.Kind.WAIT,
                    Failure.of(408, "the command still runs after " + timeout),
                    null);
        } catch (InterruptedException e) {
            throw ShellPool.interrupted(true);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e); // handled
        }
        return join();
    }

    @Override
    public CommandResult kill() {
        owner.end(this, Ending.KILLED);
        return join();
    }

    /** Its result, once there is one. */
    CommandResult join() {
        try {
            return result.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof ClientException failure ? failure : e;
        }
    }

    @Override
    public void standardOutput(byte[] piece) {
        scanner.accept(piece);
    }

    /** Before the shell runs, the reason why it cannot. */
    @Override
    public void standardError(byte[] piece) {
        keep(piece, 0, piece.length);
    }

    @Override
    public void ended(@Nullable Throwable failure) {
        if (stop.isDone()) {
            return;
        }
        scanner.end();
        EngineExec exec;
        synchronized (this) {
            streamEnded = true;
            exec = program;
        }
        if (exec != null) {
            owner.streamEnded(this, exec);
        }
    }

    private synchronized @Nullable Ending ending() {
        return ending;
    }

    private synchronized void keep(byte[] bytes, int offset, int length) {
        output.add(bytes, offset, length);
        notifyAll();
    }

    /** The command itself may write what looks like a trailer: it is believed, or is none. */
    private void told(String text) {
        if (!text.matches("[0-9]{1,9}( [0-9]{1,9} [0-9]{1,18})?")) {
            return;
        }
        String[] values = text.split(" ");
        if (values.length == 1) {
            processes.started(Integer.parseInt(values[0]));
        } else {
            ownEnd(new Stop(Integer.valueOf(values[0]), Integer.parseInt(values[1]), Long.parseLong(values[2])));
        }
    }

    /** Its shell ended. When it is being ended, it is over only when none of its processes is left. */
    private void ownEnd(Stop how) {
        stopped(how);
        if (beginEnding(Ending.OWN)) {
            owner.ownEnd(this, deadline);
            result.complete(result(false));
        }
    }

    private void stopped(Stop how) {
        processes.shellEnded();
        stop.complete(how);
        EngineExec exec;
        synchronized (this) {
            exec = program;
        }
        if (exec != null) {
            exec.close();
        }
    }

    private synchronized CommandResult result(boolean timedOut) {
        Stop how = stop.join();
        return new CommandResult(
                timedOut ? Integer.valueOf(TIMED_OUT) : how.code(),
                output.start(),
                output.end(),
                output.omittedBytes() + how.omittedBytes(),
                timedOut,
                how.memoryKills() > 0 && !Integer.valueOf(0).equals(how.code()),
                Duration.ofNanos(System.nanoTime() - started));
    }

    @Override
    public String toString() {
        return "RunningCommand[" + (isRunning() ? "running" : "ended") + "]";
    }
}
