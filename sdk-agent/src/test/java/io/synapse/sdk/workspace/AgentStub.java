package io.synapse.sdk.workspace;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** An agent whose next operation gives what a test says, and which records what it was asked for. */
final class AgentStub implements WorkspaceAgent {
    final List<Object> asked = new ArrayList<>();
    private Supplier<?> answer = () -> "";

    AgentStub answering(Object value) {
        answer = () -> value;
        return this;
    }

    AgentStub failing(RuntimeException failure) {
        answer = () -> {
            throw failure;
        };
        return this;
    }

    @SuppressWarnings("unchecked")
    private <T> T answer(Object... arguments) {
        asked.addAll(List.of(arguments));
        return (T) answer.get();
    }

    @Override
    public String name() {
        return "research";
    }

    @Override
    public AsyncWorkspaceAgent async() {
        return new AsyncWorkspaceAgent(this, Runnable::run);
    }

    @Override
    public CommandResult execute(Command command) {
        return answer(command);
    }

    @Override
    public RunningCommand start(Command command) {
        return answer(command);
    }

    @Override
    public FileContent read(String path, long offset, long limit) {
        return answer(path, offset, limit);
    }

    @Override
    public FileVersion write(String path, String content, WriteCondition condition) {
        return answer(path, content, condition);
    }

    @Override
    public EditResult edit(String path, Edit edit, WriteCondition condition) {
        return answer(path, edit, condition);
    }

    @Override
    public void delete(String path, WriteCondition condition) {
        answer(path, condition);
    }

    @Override
    public List<FileInfo> ls(String path) {
        return answer(path);
    }

    @Override
    public GrepResult grep(GrepQuery query) {
        return answer(query);
    }

    @Override
    public GlobResult glob(String pattern, String path) {
        return answer(pattern, path);
    }

    @Override
    public List<UploadResult> upload(List<FileUpload> files) {
        return answer(files);
    }

    @Override
    public FileVersion upload(FileUpload file) {
        return answer(file.path());
    }

    @Override
    public FileVersion download(String path, Path target) {
        return answer(path, target);
    }

    @Override
    public FileVersion download(String path, OutputStream target) {
        String content = answer(path);
        try {
            target.write(content.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new FileVersion(path, "", content.length());
    }

    @Override
    public void close() {}
}
