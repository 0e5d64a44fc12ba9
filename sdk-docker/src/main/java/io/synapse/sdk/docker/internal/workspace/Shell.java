package io.synapse.sdk.docker.internal.workspace;

import io.synapse.sdk.Failure;
import io.synapse.sdk.RequestTimeoutException;
import io.synapse.sdk.docker.internal.EngineExec;
import io.synapse.sdk.docker.internal.ExecSpec;
import io.synapse.sdk.internal.http.Deadline;
import io.synapse.sdk.workspace.WorkspaceException;
import io.synapse.sdk.workspace.WorkspaceException.Reason;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A shell in the container that evaluates one request after another, with the rights of one user: {@code shell.sh}. A
 * request takes some milliseconds where a program of its own takes 50 (wire/workspace.md, section 5). For one thread at a
 * time; {@link #close} for any.
 */
final class Shell implements AutoCloseable {
    /** A request fails when nothing is read or written for so long. */
    static final Duration SILENCE = Duration.ofSeconds(120);

    private static final Logger LOG = LoggerFactory.getLogger(Shell.class);
    private static final byte[] NO_INPUT = {};

    private final WorkspaceContainer container;
    private final String word = Scripts.word();
    private final ShellOutput output = new ShellOutput(word);
    private EngineExec program;
    private int processId;

    /** Takes what a request writes. */
    @FunctionalInterface
    interface Content {
        /** Drops it. */
        Content NOTHING = (bytes, offset, length) -> {};

        /** A piece of it, cut anywhere. When this fails, so does the request, which is executed to its end nevertheless. */
        void take(byte[] bytes, int offset, int length) throws IOException;
    }

    /**
     * What became of a request.
     *
     * @param status its exit status
     * @param error what it wrote to its standard error
     */
    record Answer(int status, String error) {}

    @SuppressWarnings("NullAway.Init") // start() is the only way to one
    private Shell(WorkspaceContainer container) {
        this.container = container;
    }

    /**
     * Starts one.
     *
     * @param patience how long it may take
     * @throws RequestTimeoutException when it takes longer
     * @throws WorkspaceException when the container does not run, or has no shell
     */
    static Shell start(WorkspaceContainer container, ShellUser user, Duration patience) throws InterruptedException {
        Shell shell = new Shell(container);
        shell.program = container.start(
                new ExecSpec(
                        List.of("sh", "-c", user.script(), "sh", shell.word),
                        user.user(),
                        List.of("HOME=" + user.home()),
                        true),
                shell.output);
        boolean started = false;
        try {
            shell.processId =
                    shell.output.await(Deadline.after(patience), patience).status();
            started = true;
            return shell;
        } catch (ShellOutput.EndedException e) {
            throw shell.ended(false);
        } catch (IOException e) {
            throw new IllegalStateException(e); // keeping a greeting does not fail
        } finally {
            if (!started) {
                shell.close();
            }
        }
    }

    /** Its process id in the container, and the id of its process group. */
    int processId() {
        return processId;
    }

    /** Whether it has ended. */
    boolean hasEnded() {
        return output.hasEnded();
    }

    /** Whether it is at a request whose answer nobody waits for any more: it can take no other. */
    boolean isBusy() {
        return output.isAwaited();
    }

    /** What its output has between records; no name of a file has it by chance. */
    String word() {
        return word;
    }

    /**
     * Evaluates a request.
     *
     * @param content takes what it writes, on another thread
     * @throws WorkspaceException when the shell ended: the request may have been executed
     * @throws RequestTimeoutException at the deadline, or when nothing happens for two minutes
     * @throws IOException what the content threw
     */
    Answer call(String request, Content content, Deadline deadline) throws IOException, InterruptedException {
        return call(request, NO_INPUT, 0, content, deadline);
    }

    /** The same for a request that reads an input of this length. */
    Answer call(String request, byte[] input, int length, Content content, Deadline deadline)
            throws IOException, InterruptedException {
        output.expect(content);
        try {
            byte[] line = ShellText.bytes(request + "\n");
            program.write(line, 0, line.length, SILENCE);
            if (length > 0) {
                program.write(input, 0, length, SILENCE);
            }
        } catch (InterruptedIOException e) {
            throw ShellOutput.timeout(SILENCE);
        } catch (IOException e) {
            LOG.debug("the shell ended before it read all: its answer, if there is one, says why", e);
        }
        try {
            return output.await(deadline, SILENCE);
        } catch (ShellOutput.EndedException e) {
            throw ended(true);
        }
    }

    /** Why it ended, as far as it says. What the engine starts before the shell needs threads, which count as processes. */
    private WorkspaceException ended(boolean mayHaveBeenExecuted) {
        String reason = output.text();
        if (reason.contains("fork") || reason.contains("Resource temporarily unavailable")) {
            return new WorkspaceException(
                    Reason.OTHER,
                    Failure.of(
                                    Reason.OTHER.status(),
                                    "the workspace has as many processes as it may have: end some, or wait for their"
                                            + " end")
                            .attempts(1)
                            .mayHaveBeenExecuted(mayHaveBeenExecuted),
                    null);
        }
        return mayHaveBeenExecuted || reason.isBlank()
                ? container.lost(mayHaveBeenExecuted)
                : new WorkspaceException(
                        Reason.UNSUPPORTED, "a workspace needs a POSIX shell in its image (" + reason.strip() + ")");
    }

    /** Ends it, unless it is busy: then its request fails, and it ends after that. */
    @Override
    public void close() {
        program.close();
        output.ended(null);
    }
}
