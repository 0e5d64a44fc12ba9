package io.synapse.sdk.tool;

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
import io.synapse.sdk.workspace.PathNotFoundException;
import io.synapse.sdk.workspace.RunningCommand;
import io.synapse.sdk.workspace.UploadResult;
import io.synapse.sdk.workspace.WorkspaceAgent;
import io.synapse.sdk.workspace.WorkspaceLostException;
import io.synapse.sdk.workspace.WriteCondition;
import io.synapse.sdk.workspace.WriteConflictException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** An agent whose files are in memory, as far as tests of the tools need it. */
public final class MemoryAgent implements WorkspaceAgent {
    private final Map<String, String> files = new ConcurrentSkipListMap<>();

    /** The version of a content. */
    public static String version(String content) {
        return String.format("%064x", content.hashCode() & 0xffff_ffffL);
    }

    /** With a file more. */
    public MemoryAgent with(String path, String content) {
        files.put(path, content);
        return this;
    }

    @Override
    public String name() {
        return "research";
    }

    @Override
    public AsyncWorkspaceAgent async() {
        return new AsyncWorkspaceAgent(this, Runnable::run);
    }

    /** Writes the command; as the command {@code lose}, fails. */
    @Override
    public CommandResult execute(Command command) {
        if (command.text().equals("lose")) {
            throw new WorkspaceLostException("the container does not run any more");
        }
        String output = command.text() + " within " + command.timeout();
        return new CommandResult(command.text().equals("false") ? 1 : 0, output, "", 0, false, false, Duration.ZERO);
    }

    @Override
    public RunningCommand start(Command command) {
        throw new UnsupportedOperationException();
    }

    @Override
    public FileContent read(String path, long offset, long limit) {
        String content = content(path);
        FileContent.Encoding encoding =
                path.endsWith(".bin") ? FileContent.Encoding.BASE64 : FileContent.Encoding.UTF_8;
        Optional<FileContent.Lines> lines = encoding == FileContent.Encoding.BASE64 || limit <= 0
                ? Optional.empty()
                : Optional.of(new FileContent.Lines(
                        offset + 1, offset + 1, 9, limit == 1 ? Optional.of(offset + 1) : Optional.empty()));
        return new FileContent(path, version(content), content.length(), encoding, content, lines, false);
    }

    @Override
    public FileVersion write(String path, String content, WriteCondition condition) {
        require(path, condition);
        files.put(path, content);
        return new FileVersion(path, version(content), content.length());
    }

    @Override
    public EditResult edit(String path, Edit edit, WriteCondition condition) {
        require(path, condition);
        String content = content(path).replace(edit.oldText(), edit.newText());
        files.put(path, content);
        return new EditResult(path, edit.isAll() ? 2 : 1, version(content));
    }

    @Override
    public void delete(String path, WriteCondition condition) {
        require(path, condition);
        content(path);
        files.remove(path);
    }

    @Override
    public List<FileInfo> ls(String path) {
        return files.keySet().stream()
                .map(each -> new FileInfo(
                        each, each.contains(".") ? FileInfo.Kind.FILE : FileInfo.Kind.DIRECTORY, 1, Instant.EPOCH))
                .toList();
    }

    @Override
    public GrepResult grep(GrepQuery query) {
        return new GrepResult(
                files.keySet().stream()
                        .map(each -> new GrepResult.Match(each, 1, query.toString()))
                        .toList(),
                files.size() > 1);
    }

    @Override
    public GlobResult glob(String pattern, String path) {
        return new GlobResult(List.copyOf(files.keySet()), files.size() > 1);
    }

    @Override
    public List<UploadResult> upload(List<FileUpload> uploads) {
        throw new UnsupportedOperationException();
    }

    @Override
    public FileVersion upload(FileUpload file) {
        throw new UnsupportedOperationException();
    }

    @Override
    public FileVersion download(String path, Path target) {
        throw new UnsupportedOperationException();
    }

    @Override
    public FileVersion download(String path, OutputStream target) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}

    private String content(String path) {
        String content = files.get(path);
        if (content == null) {
            throw new PathNotFoundException("there is no " + path);
        }
        return content;
    }

    private void require(String path, WriteCondition condition) {
        String content = files.get(path);
        if (condition.isIfAbsent() && content != null) {
            throw new WriteConflictException(path + " already exists", version(content), null);
        }
        String wanted = condition.version();
        if (wanted != null && (content == null || !wanted.equals(version(content)))) {
            throw new WriteConflictException(path + " was changed", content == null ? null : version(content), "+b");
        }
    }
}
