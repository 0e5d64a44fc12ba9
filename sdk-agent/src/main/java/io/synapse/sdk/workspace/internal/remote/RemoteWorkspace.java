package io.synapse.sdk.workspace.internal.remote;

import io.synapse.sdk.NotFoundException;
import io.synapse.sdk.Operation;
import io.synapse.sdk.Performer;
import io.synapse.sdk.internal.http.Threads;
import io.synapse.sdk.workspace.AsyncWorkspace;
import io.synapse.sdk.workspace.Snapshot;
import io.synapse.sdk.workspace.Workspace;
import io.synapse.sdk.workspace.WorkspaceAgent;
import io.synapse.sdk.workspace.WorkspaceEvents;
import io.synapse.sdk.workspace.WorkspaceException;
import io.synapse.sdk.workspace.WorkspaceException.Reason;
import io.synapse.sdk.workspace.internal.Arguments;
import io.synapse.sdk.workspace.internal.TargetFile;
import io.synapse.sdk.workspace.internal.WorkspaceCalls;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A workspace on an agent. What the agent does for it, and what of it is kept where, is in wire/agent.md, section 7. */
public final class RemoteWorkspace implements Workspace {
    private static final Logger LOG = LoggerFactory.getLogger(RemoteWorkspace.class);

    private final Performer client;
    private final String id;
    private final boolean isOwner;
    private final RemoteCalls calls;
    private final RemoteContents contents;
    private final ExecutorService executor = Threads.cached("workspace");
    private final Map<String, RemoteAgent> agents = new LinkedHashMap<>();
    private boolean closed;

    private RemoteWorkspace(Performer client, String id, boolean isOwner) {
        this.client = client;
        this.id = id;
        this.isOwner = isOwner;
        this.calls = new RemoteCalls(client, id);
        this.contents = new RemoteContents(client, id);
    }

    /** Opens a new workspace, as it is described. */
    public static Workspace open(
            Performer client, Map<String, @Nullable Object> description, Consumer<String> progress) {
        RemoteWorkspace workspace =
                new RemoteWorkspace(client, UUID.randomUUID().toString(), true);
        workspace.calls.open(description, progress);
        return workspace;
    }

    /** Closes a workspace; fails with a {@link NotFoundException} when there is none of this id. */
    public static Operation<@Nullable Void> closing(String id) {
        return RemoteCalls.closing(id);
    }

    /** A workspace that is open, which another closes. */
    public static Workspace existing(Performer client, String id) {
        return new RemoteWorkspace(client, id, false);
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public AsyncWorkspace async() {
        return new AsyncWorkspace(this, executor);
    }

    @Override
    public WorkspaceAgent agent(String name) {
        Arguments.requireAgentName(name);
        RemoteAgent known = known(name);
        if (known != null) {
            return known;
        }
        calls.perform(WorkspaceCalls.OPEN_AGENT, new WorkspaceCalls.Agent(name));
        return keep(new RemoteAgent(name, this, calls, contents));
    }

    private synchronized @Nullable RemoteAgent known(String name) {
        requireOpen();
        return agents.get(name);
    }

    /** The one that another thread has kept meanwhile, if it has. */
    private synchronized RemoteAgent keep(RemoteAgent agent) {
        requireOpen();
        RemoteAgent earlier = agents.putIfAbsent(agent.name(), agent);
        return earlier == null ? agent : earlier;
    }

    @Override
    public List<String> agents() {
        requireOpen();
        return calls.perform(WorkspaceCalls.AGENTS, new WorkspaceCalls.None()).names();
    }

    @Override
    public Snapshot snapshot(Path target) {
        requireOpen();
        long size = TargetFile.write(
                target,
                output -> contents.with(key -> {
                    long bytes = calls.perform(WorkspaceCalls.SNAPSHOT, new WorkspaceCalls.Content(key))
                            .size();
                    contents.fetch(key, bytes, output);
                    return bytes;
                }));
        return new Snapshot(target, size);
    }

    @Override
    public void restore(Path snapshot) {
        requireOpen();
        Arguments.requireFile(snapshot);
        contents.with(key -> {
            try (InputStream content = Files.newInputStream(snapshot)) {
                contents.send(key, content);
            } catch (IOException e) {
                throw new WorkspaceException(Reason.OTHER, snapshot + " cannot be read: " + e.getMessage(), e);
            }
            calls.perform(WorkspaceCalls.RESTORE, new WorkspaceCalls.Content(key));
            return key;
        });
    }

    @Override
    public WorkspaceEvents watch(String path) {
        requireOpen();
        Arguments.requirePath(path);
        return new RemoteEvents(calls, calls.perform(WorkspaceCalls.WATCH, new WorkspaceCalls.Folder(path)));
    }

    @Override
    public void reopen() {
        requireOpen();
        calls.perform(WorkspaceCalls.REOPEN, new WorkspaceCalls.None());
    }

    @Override
    public void close() {
        List<RemoteAgent> open;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            open = new ArrayList<>(agents.values());
            agents.clear();
        }
        open.forEach(RemoteAgent::begin);
        try {
            if (isOwner) {
                RemoteCalls.uninterrupted(() -> client.perform(closing(id)));
            }
        } catch (NotFoundException e) {
            LOG.debug("the workspace {} was closed before", id, e);
        } finally {
            executor.shutdown();
        }
    }

    Executor executor() {
        return executor;
    }

    synchronized void forget(RemoteAgent agent) {
        agents.remove(agent.name(), agent);
    }

    synchronized void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the workspace is closed");
        }
    }

    @Override
    public String toString() {
        return "Workspace[" + id + "]";
    }
}
