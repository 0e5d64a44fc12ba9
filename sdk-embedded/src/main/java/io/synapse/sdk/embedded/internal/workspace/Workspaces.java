package io.synapse.sdk.embedded.internal.workspace;

import io.synapse.sdk.ClientException;
import io.synapse.sdk.docker.DockerWorkspace;
import io.synapse.sdk.embedded.internal.DaemonThreads;
import io.synapse.sdk.embedded.internal.ScratchFolder;
import io.synapse.sdk.embedded.internal.backend.RefusedException;
import io.synapse.sdk.workspace.Workspace;
import io.synapse.sdk.workspace.internal.CallReply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The workspaces that clients have opened; they end with the agent. Thread-safe. */
public final class Workspaces implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Workspaces.class);
    private static final String LABEL = "io.synapse.agent.workspace";
    private static final Duration LEASE = Duration.ofSeconds(60);
    private static final Duration LAST_WAIT = Duration.ofSeconds(30);

    private final @Nullable String dockerHost;
    private final ScratchFolder scratch;
    private final LongSupplier nanoTime = System::nanoTime;
    private final ExecutorService executor =
            Executors.newCachedThreadPool(new DaemonThreads("embedded-agent-workspace"));
    private final ScheduledThreadPoolExecutor timer =
            new ScheduledThreadPoolExecutor(1, new DaemonThreads("embedded-agent-workspace-timer"));
    private final HostedCalls openings = new HostedCalls(executor, nanoTime);
    private final HostedCalls closings = new HostedCalls(executor, nanoTime);
    private final Map<String, HostedWorkspace> open = new ConcurrentHashMap<>();
    private boolean isSwept;
    private boolean isClosed;

    /**
     * None yet.
     *
     * @param dockerHost the engine; null for the usual one
     * @param scratch for contents on their way
     */
    public Workspaces(@Nullable String dockerHost, ScratchFolder scratch) {
        this.dockerHost = dockerHost;
        this.scratch = scratch;
    }

    /** The reply to a request to open a workspace of this id; where it is open, that it is. */
    public CompletableFuture<CallReply> open(String id, WorkspaceDescription description, Duration most) {
        requireOpen();
        sweepFromNowOn();
        if (open.containsKey(id)) {
            return CompletableFuture.completedFuture(CallReply.of(null));
        }
        return openings.join(id, progress -> opened(id, description, progress), true, most);
    }

    private @Nullable Void opened(String id, WorkspaceDescription description, Consumer<String> progress) {
        DockerWorkspace.Builder builder = description.builder();
        if (dockerHost != null) {
            builder.dockerHost(dockerHost);
        }
        Workspace workspace = builder.label(LABEL, id)
                .onProgress(text -> lastLine(text, progress))
                .open();
        boolean isKept = false;
        try {
            open.put(id, new HostedWorkspace(workspace, description, scratch.create(), executor, nanoTime));
            isKept = !isClosed(); // else nobody would close it
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            if (!isKept) {
                open.remove(id);
                workspace.close();
            }
        }
        return null;
    }

    private static void lastLine(String text, Consumer<String> progress) {
        text.lines()
                .filter(line -> !line.isBlank())
                .reduce((first, second) -> second)
                .ifPresent(progress);
    }

    /**
     * A workspace that is open.
     *
     * @throws RefusedException with status 404 when there is none
     */
    public HostedWorkspace get(String id) {
        HostedWorkspace workspace = open.get(id);
        if (workspace == null) {
            throw new RefusedException(404, "there is no workspace " + id);
        }
        return workspace;
    }

    /** Those that are open, by their ids. */
    public Map<String, HostedWorkspace> all() {
        return Map.copyOf(open);
    }

    /**
     * The reply to a request to close a workspace, also while it is being opened.
     *
     * @throws RefusedException with status 404 when there is none
     */
    public CompletableFuture<CallReply> close(String id, Duration most) {
        sweepFromNowOn();
        if (!open.containsKey(id) && !closings.isKnown(id)) {
            boolean isOpening = openings.isRunning(id);
            CompletableFuture<CallReply> opening = openings.cancel(id, most); // also one that is still to come
            if (!isOpening && open.containsKey(id)) {
                return close(id, most); // it has just become open
            }
            if (!isOpening) {
                throw new RefusedException(404, "there is no workspace " + id);
            }
            return opening.thenCompose(reply -> open.containsKey(id) ? close(id, most) : done(reply));
        }
        return closings.join(id, progress -> closed(id), false, most);
    }

    private static CompletableFuture<CallReply> done(CallReply reply) {
        return CompletableFuture.completedFuture(reply);
    }

    private @Nullable Void closed(String id) {
        HostedWorkspace workspace = open.remove(id);
        if (workspace != null) {
            workspace.close();
        }
        return null;
    }

    private synchronized void sweepFromNowOn() {
        if (!isSwept) {
            isSwept = true;
            timer.scheduleWithFixedDelay(() -> executor.execute(this::sweep), 1, 1, TimeUnit.SECONDS);
        }
    }

    private void sweep() {
        openings.sweep(LEASE);
        closings.sweep(LEASE);
        open.forEach((id, workspace) -> {
            try {
                workspace.sweep();
                if (workspace.isIdle()) {
                    LOG.info("the workspace {} is closed, because it was not used", id);
                    closings.join(id, progress -> closed(id), false, Duration.ZERO);
                }
            } catch (IOException | ClientException e) {
                LOG.warn("the workspace {} cannot be tidied up", id, e);
            }
        });
    }

    private synchronized boolean isClosed() {
        return isClosed;
    }

    private void requireOpen() {
        if (isClosed()) {
            throw new RefusedException(503, "the agent is being stopped");
        }
    }

    /** Closes all; those who wait for an operation are told that it was cancelled. */
    @Override
    public void close() {
        synchronized (this) {
            isClosed = true;
        }
        timer.shutdownNow();
        openings.cancelAll("the agent is being stopped");
        openings.awaitAll(LAST_WAIT);
        RuntimeException failure = null;
        for (String id : open.keySet()) {
            try {
                closed(id);
            } catch (RuntimeException e) {
                failure = Objects.requireNonNullElse(failure, e);
            }
        }
        closings.awaitAll(LAST_WAIT);
        executor.shutdown();
        if (failure != null) {
            throw failure;
        }
    }
}
