package io.synapse.sdk.docker.internal.workspace;

import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.ClientException;
import io.synapse.sdk.workspace.AsyncWorkspaceAgent;
import io.synapse.sdk.workspace.Command;
import io.synapse.sdk.workspace.CommandResult;
import io.synapse.sdk.workspace.Edit;
import io.synapse.sdk.workspace.EditResult;
import io.synapse.sdk.workspace.FileContent;
import io.synapse.sdk.workspace.FileInfo;
import io.synapse.sdk.workspace.FileUpload;
import io.synapse.sdk.workspace.FileVersion;
import io.synapse.sdk.workspace.GlobResult;
import io.synapse.sdk.workspace.GrepQuery;
import io.synapse.sdk.workspace.GrepResult;
import io.synapse.sdk.workspace.RunningCommand;
import io.synapse.sdk.workspace.WorkspaceAgent;
import io.synapse.sdk.workspace.WorkspaceException;
import io.synapse.sdk.workspace.WorkspaceException.Reason;
import io.synapse.sdk.workspace.WriteCondition;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.function.Predicate;

/** An agent in a container. */
final class ContainerAgent implements WorkspaceAgent {
    private final String name;
    private final ContainerWorkspace workspace;
    private final ShellPool shells;
    private final AgentFiles files;
    private final FileSearch search;
    private final AgentCommands commands;
    private final int user;
    private final ExecutorService executor;
    private boolean closed;

    ContainerAgent(
            String name,
            ContainerWorkspace workspace,
            ShellPool shells,
            AgentFiles files,
            AgentCommands commands,
            int user,
            ExecutorService executor) {
        this.name = name;
        this.workspace = workspace;
        this.shells = shells;
        this.files = files;
        this.search = new FileSearch(shells);
        this.commands = commands;
        this.user = user;
        this.executor = executor;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public AsyncWorkspaceAgent async() {
        return new AsyncWorkspaceAgent(this, executor);
    }

    @Override
    public CommandResult execute(Command command) {
        requireOpen();
        return commands.execute(command);
    }

    @Override
    public RunningCommand start(Command command) {
        requireOpen();
        return commands.start(command);
    }

    @Override
    public FileContent read(String path, long offset, long limit) {
        return files.read(absolute(path), offset, limit);
    }

    @Override
    public FileVersion write(String path, String content, WriteCondition condition) {
        return files.write(absolute(path), content, condition);
    }

    @Override
    public EditResult edit(String path, Edit edit, WriteCondition condition) {
        return files.edit(absolute(path), edit, condition);
    }

    @Override
    public void delete(String path, WriteCondition condition) {
        if (condition.isIfAbsent()) {
            throw BadRequestException.refused("what must be absent cannot be deleted: " + path);
        }
        files.delete(absolute(path), condition);
    }

    @Override
    public List<FileInfo> ls(String path) {
        return files.ls(absolute(path));
    }

    @Override
    public GrepResult grep(GrepQuery query) {
        String include = query.glob();
        Predicate<String> files = include == null ? every -> true : GlobPattern.of(include)::matches;
        return search.grep(query, files, absolute(query.path()));
    }

    @Override
    public GlobResult glob(String pattern, String path) {
        return search.glob(GlobPattern.of(pattern), absolute(path));
    }

    @Override
    public FileVersion upload(FileUpload file) {
        String path = absolute(file.path());
        try (InputStream content = file.source().open()) {
            return files.upload(path, content, file.condition());
        } catch (IOException e) {
            throw new WorkspaceException(
                    Reason.OTHER, "what is to be uploaded to " + path + " cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public FileVersion download(String path, OutputStream target) {
        return files.download(absolute(path), target);
    }

    @Override
    public void close() {
        if (begin()) {
            workspace.forget(this);
            shells.close();
            commands.close();
        }
    }

    /** Whether a command of it runs. */
    boolean isRunning() {
        return commands.isRunning();
    }

    /** The id of its user in the container. */
    int user() {
        return user;
    }

    /** The container was started again: what ran before is gone. */
    void restarted(ClientException why) {
        commands.abandon(why);
    }

    /** Kills what its commands have left, at the end of the workspace. */
    void killAll() {
        commands.killAll();
    }

    /** The container is gone, and with it all processes. */
    void abandon(ClientException why) {
        if (begin()) {
            shells.close();
            commands.abandon(why);
        }
    }

    private synchronized boolean begin() {
        boolean first = !closed;
        closed = true;
        return first;
    }

    private String absolute(String path) {
        requireOpen();
        return WorkspacePath.absolute(path, folder());
    }

    private void requireOpen() {
        workspace.used();
        synchronized (this) {
            if (closed) {
                throw new IllegalStateException(workspace.closedBecause().orElse("the agent is closed"));
            }
        }
    }

    @Override
    public String toString() {
        return "WorkspaceAgent[" + name + " in " + workspace.id() + "]";
    }
}
