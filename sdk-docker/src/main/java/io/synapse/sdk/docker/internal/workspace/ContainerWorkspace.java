package io.synapse.sdk.docker.internal.workspace;

import static io.synapse.sdk.docker.internal.workspace.ShellText.quote;

import io.synapse.sdk.ClientException;
import io.synapse.sdk.internal.http.Deadline;
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
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A workspace in a Docker container. */
public final class ContainerWorkspace implements Workspace {
    private static final Logger LOG = LoggerFactory.getLogger(ContainerWorkspace.class);
    private static final int GROUP = 2000;
    private static final int NO_PROGRAM = 50;

    private final WorkspaceContainer container;
    private final WorkspaceSettings settings;
    private final @Nullable Runnable removal;
    private final Runnable disconnection;
    private final ExecutorService executor = Threads.cached("workspace");
    private final ScheduledThreadPoolExecutor timer;
    private final PathLocks locks;
    private final RecentContents recent = new RecentContents();
    private final ShellPool administration;

    /**
     * For {@code end_user} only. Its one shell is there from the start, since a command may leave no room for another, and lasts,
     * since that function starts no process.
     */
    private final ShellPool lastResort;

    private final Map<String, ContainerAgent> agents = new LinkedHashMap<>();
    private volatile long lastUse = System.nanoTime();
    private @Nullable String closed;

    /**
     * A workspace on a container that runs; call {@link #setUp} next.
     *
     * @param removal removes the container when the workspace is closed; null to leave it running
     * @param disconnection closes the connection to the engine
     */
    public ContainerWorkspace(
            WorkspaceContainer container,
            WorkspaceSettings settings,
            @Nullable Runnable removal,
            Runnable disconnection) {
        this.container = container;
        this.locks = new PathLocks(container.id());
        this.settings = settings;
        this.removal = removal;
        this.disconnection = disconnection;
        this.timer = new ScheduledThreadPoolExecutor(1, Threads.platform("workspace-timer"));
        timer.setRemoveOnCancelPolicy(true);
        AgentProcesses root = new AgentProcesses(container, new ShellUser("0:0", "/", settings.roots(), Scripts.SETUP));
        this.administration = new ShellPool(root, ShellPool.MOST);
        this.lastResort = new ShellPool(root, 1);
    }

    /**
     * Makes the folders, and begins to show signs of life.
     *
     * @throws WorkspaceException when the image lacks what a workspace needs
     */
    public void setUp() {
        prepare();
        repeat(settings.lease(), this::renewLease);
        Duration idle = settings.idleTimeout();
        if (idle != null) {
            repeat(idle, () -> closeIfIdle(idle));
        }
    }

    private void prepare() {
        administer("set_up " + GROUP);
        administer(":", lastResort); // starts its shell
    }

    /** Four times in a period. */
    private void repeat(Duration period, Runnable task) {
        long interval = period.toNanos() / 4;
        timer.scheduleWithFixedDelay(() -> executor.execute(task), interval, interval, TimeUnit.NANOSECONDS);
    }

    @Override
    public String id() {
        return container.id();
    }

    @Override
    public AsyncWorkspace async() {
        return new AsyncWorkspace(this, executor);
    }

    @Override
    public synchronized WorkspaceAgent agent(String name) {
        requireOpen();
        Arguments.requireAgentName(name);
        ContainerAgent known = agents.get(name);
        if (known != null) {
            return known;
        }
        ContainerAgent agent = open(name, user(name, ""));
        agents.put(name, agent);
        return agent;
    }

    /** The user of an agent, who is made if there is none: with this id, if it is not empty. */
    private int user(String name, String id) {
        return Integer.parseInt(
                administer("add_agent " + quote(name) + " " + id).strip());
    }

    private synchronized List<ContainerAgent> openAgents() {
        return List.copyOf(agents.values());
    }

    /** The group is the one of the shared folder: what an agent makes there, all may change. */
    private ContainerAgent open(String name, int user) {
        ShellUser rights = new ShellUser(user + ":" + GROUP, ROOT + "/" + name, settings.roots(), "");
        AgentProcesses processes = new AgentProcesses(container, rights);
        ShellPool shells = new ShellPool(processes, ShellPool.MOST);
        return new ContainerAgent(
                name,
                this,
                shells,
                new AgentFiles(shells, locks, recent, executor),
                new AgentCommands(
                        container,
                        rights,
                        processes,
                        settings.commandTimeout(),
                        executor,
                        timer,
                        () -> administer("end_user " + user, lastResort)),
                user,
                executor);
    }

    @Override
    public List<String> agents() {
        requireOpen();
        return administer("agents").lines().sorted().toList();
    }

    @Override
    public Snapshot snapshot(Path target) {
        requireOpen();
        Path complete = TargetFile.write(target, output -> {
            administration.run(shell -> Snapshots.save(shell, output));
            return target;
        });
        return new Snapshot(complete, complete.toFile().length());
    }

    /** An agent keeps its user; where the snapshot has given its folder to another, it is closed. */
    @Override
    public void restore(Path snapshot) {
        requireOpen();
        administration.run(shell -> Snapshots.restore(shell, snapshot));
        for (ContainerAgent each : openAgents()) {
            if (user(each.name(), Integer.toString(each.user())) != each.user()) {
                each.close();
            }
        }
    }

    @Override
    public WorkspaceEvents watch(String path) {
        requireOpen();
        String folder = WorkspacePath.absolute(path, ROOT);
        AgentFiles files = new AgentFiles(administration, locks, recent, executor);
        return new FolderWatch(() -> files.tree(folder));
    }

    @Override
    public void reopen() {
        requireOpen();
        if (container.restart()) {
            openAgents().forEach(each -> each.restarted(container.lost(true)));
            prepare();
            administer("remove_drafts");
        }
    }

    @Override
    public void close() {
        close("the workspace is closed");
    }

    private void close(String why) {
        List<ContainerAgent> open;
        synchronized (this) {
            if (closed != null) {
                return;
            }
            closed = why;
            open = List.copyOf(agents.values());
            agents.clear();
        }
        try {
            if (removal != null) {
                open.forEach(ContainerWorkspace::killAll);
                closeShells();
                open.forEach(each -> each.abandon(ShellPool.cancelled(why)));
                removal.run();
            } else {
                open.forEach(ContainerWorkspace::endCommands);
                closeShells();
            }
        } finally {
            timer.shutdownNow();
            executor.shutdown();
            disconnection.run();
        }
    }

    private void closeShells() {
        administration.close();
        lastResort.close();
    }

    /** A process that stops the engine's own, as it starts one of the agent's, would keep it from removing the container. */
    private static void killAll(ContainerAgent agent) {
        try {
            agent.killAll();
        } catch (ClientException | IllegalStateException e) {
            LOG.debug("the processes of {} cannot be killed", agent, e);
        }
    }

    /** Where the container does not answer, they are gone. */
    private static void endCommands(ContainerAgent agent) {
        try {
            agent.close();
        } catch (ClientException e) {
            LOG.debug("the commands of {} cannot be ended", agent, e);
        }
    }

    private void closeIfIdle(Duration limit) {
        if (System.nanoTime() - lastUse >= limit.toNanos()
                && openAgents().stream().noneMatch(ContainerAgent::isRunning)) {
            try {
                close("the workspace was closed because it was not used for " + limit);
            } catch (ClientException e) {
                LOG.warn("the workspace was not used, and cannot be closed", e);
            }
        }
    }

    /** Why it is closed; empty while it is open. */
    synchronized Optional<String> closedBecause() {
        return Optional.ofNullable(closed);
    }

    /** An agent does something. */
    void used() {
        lastUse = System.nanoTime();
    }

    /** The agent was closed. */
    synchronized void forget(ContainerAgent agent) {
        agents.remove(agent.name(), agent);
    }

    private void renewLease() {
        try {
            administer("renew_lease");
        } catch (ClientException | IllegalStateException e) {
            LOG.debug("the lease of the workspace cannot be renewed", e);
        }
    }

    /** What a function of {@code setup.sh} prints. */
    private String administer(String request) {
        return administer(request, administration);
    }

    private static String administer(String request, ShellPool shells) {
        return shells.use(shell -> {
            ByteArrayOutputStream output = new ByteArrayOutputStream();
            Shell.Answer answer = shell.call(request, output::write, Deadline.NONE);
            if (answer.status() == NO_PROGRAM) {
                throw new WorkspaceException(
                        Reason.UNSUPPORTED, "a workspace needs the program " + answer.error() + " in its image");
            }
            FileFailures.check(answer, ROOT);
            return output.toString(StandardCharsets.UTF_8);
        });
    }

    private synchronized void requireOpen() {
        if (closed != null) {
            throw new IllegalStateException(closed);
        }
        used();
    }

    @Override
    public String toString() {
        return "Workspace[" + id() + "]";
    }
}
