package io.synapse.sdk.workspace.internal.remote;

import io.synapse.sdk.BadRequestException;
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
import io.synapse.sdk.workspace.internal.Arguments;
import io.synapse.sdk.workspace.internal.WorkspaceCall;
import io.synapse.sdk.workspace.internal.WorkspaceCalls;
import io.synapse.sdk.workspace.internal.WorkspaceCalls.Condition;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An agent of a workspace on a Synapse agent. */
final class RemoteAgent implements WorkspaceAgent {
    /** Longer contents are sent apart from the call, in pieces. */
    private static final int MAX_CHARS_IN_CALL = 256 << 10;

    private final String name;
    private final RemoteWorkspace workspace;
    private final RemoteCalls calls;
    private final RemoteContents contents;
    private boolean closed;

    RemoteAgent(String name, RemoteWorkspace workspace, RemoteCalls calls, RemoteContents contents) {
        this.name = name;
        this.workspace = workspace;
        this.calls = calls;
        this.contents = contents;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public AsyncWorkspaceAgent async() {
        return new AsyncWorkspaceAgent(this, workspace.executor());
    }

    @Override
    public CommandResult execute(Command command) {
        return perform(WorkspaceCalls.EXECUTE, WorkspaceCalls.Execute.of(name, command))
                .toResult();
    }

    @Override
    public RunningCommand start(Command command) {
        return new RemoteCommand(calls, perform(WorkspaceCalls.START, WorkspaceCalls.Execute.of(name, command)));
    }

    @Override
    public FileContent read(String path, long offset, long limit) {
        return perform(WorkspaceCalls.READ, new WorkspaceCalls.Read(name, checked(path), offset, limit))
                .toContent();
    }

    @Override
    public FileVersion write(String path, String content, WriteCondition condition) {
        return content.length() > MAX_CHARS_IN_CALL
                ? upload(FileUpload.of(path, content.getBytes(StandardCharsets.UTF_8))
                        .condition(condition))
                : perform(
                        WorkspaceCalls.WRITE,
                        new WorkspaceCalls.Write(name, checked(path), content, Condition.of(condition)));
    }

    @Override
    public EditResult edit(String path, Edit edit, WriteCondition condition) {
        return perform(
                WorkspaceCalls.EDIT,
                new WorkspaceCalls.EditFile(
                        name, checked(path), edit.oldText(), edit.newText(), edit.isAll(), Condition.of(condition)));
    }

    @Override
    public void delete(String path, WriteCondition condition) {
        if (condition.isIfAbsent()) {
            throw BadRequestException.refused("what must be absent cannot be deleted: " + path);
        }
        perform(WorkspaceCalls.DELETE, new WorkspaceCalls.Delete(name, checked(path), Condition.of(condition)));
    }

    @Override
    public List<FileInfo> ls(String path) {
        return perform(WorkspaceCalls.LS, new WorkspaceCalls.InFolder(name, checked(path)))
                .files();
    }

    @Override
    public GrepResult grep(GrepQuery query) {
        return perform(WorkspaceCalls.GREP, WorkspaceCalls.Grep.of(name, query));
    }

    @Override
    public GlobResult glob(String pattern, String path) {
        return perform(WorkspaceCalls.GLOB, new WorkspaceCalls.Glob(name, pattern, checked(path)));
    }

    @Override
    public FileVersion upload(FileUpload file) {
        String path = checked(file.path());
        Condition condition = Condition.of(file.condition());
        requireOpen();
        return contents.with(key -> {
            try (InputStream content = file.source().open()) {
                contents.send(key, content);
            } catch (IOException e) {
                throw new WorkspaceException(
                        Reason.OTHER, "what is to be uploaded to " + path + " cannot be read: " + e.getMessage(), e);
            }
            return perform(WorkspaceCalls.UPLOAD, new WorkspaceCalls.Upload(name, path, key, condition));
        });
    }

    @Override
    public FileVersion download(String path, OutputStream target) {
        String source = checked(path);
        return contents.with(key -> {
            FileVersion file = perform(WorkspaceCalls.DOWNLOAD, new WorkspaceCalls.Download(name, source, key));
            contents.fetch(key, file.size(), target);
            return file;
        });
    }

    @Override
    public void close() {
        if (begin()) {
            workspace.forget(this);
            RemoteCalls.uninterrupted(() -> calls.perform(WorkspaceCalls.CLOSE_AGENT, new WorkspaceCalls.Agent(name)));
        }
    }

    /** The workspace was closed, and with it the agent. */
    synchronized boolean begin() {
        boolean first = !closed;
        closed = true;
        return first;
    }

    private <A extends Record, R extends @Nullable Object> R perform(WorkspaceCall<A, R> call, A arguments) {
        requireOpen();
        return calls.perform(call, arguments);
    }

    private static String checked(String path) {
        Arguments.requirePath(path);
        return path;
    }

    private void requireOpen() {
        workspace.requireOpen();
        synchronized (this) {
            if (closed) {
                throw new IllegalStateException("the agent is closed");
            }
        }
    }

    @Override
    public String toString() {
        return "WorkspaceAgent[" + name + " in " + workspace.id() + "]";
    }
}
