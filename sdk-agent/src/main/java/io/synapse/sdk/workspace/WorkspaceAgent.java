package io.synapse.sdk.workspace;

import io.synapse.sdk.CallCancelledException;
import io.synapse.sdk.ClientException;
import io.synapse.sdk.workspace.internal.TargetFile;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * An agent in a {@link Workspace}: a user of its own, with a folder of its own. Its commands and its file operations have
 * the rights of this user and no others.
 *
 * <p><b>Paths.</b> A relative path is in the agent's {@linkplain #folder() folder}; an absolute one is as commands see
 * it. Symbolic links are followed. What leads out of {@value Workspace#ROOT} is refused with an
 * {@link OutsideWorkspaceException}; {@code ..} as a part of a path, an empty path, and a path with a NUL character are a
 * {@link io.synapse.sdk.BadRequestException} before anything is done. A name that is not UTF-8 has the low surrogate
 * {@code U+DC80} to {@code U+DCFF} for each byte that is not, as in Python, so that every path that an operation returns
 * can be given to another.
 *
 * <p><b>Versions.</b> {@link #read} gives the {@linkplain FileContent#version() version} of a file: the SHA-256 of its
 * bytes. A {@link WriteCondition} of a write, an edit or a delete holds at the moment of the change: two agents of this
 * JVM never overwrite each other's change without a {@link WriteConflictException}. A file is replaced in one step, so
 * that a reader sees the old content or the new one. Against a writer that is not an operation of this JVM (a command, or
 * another program on the same container) the condition is checked in the last step before the replacement; a window of
 * some microseconds remains. A hard link is parted from the others by a change, and a file that another owned becomes the
 * agent's.
 *
 * <p><b>Failures.</b> A command that fails is a result. An operation that fails throws a {@link WorkspaceException}, whose
 * subclass or {@linkplain WorkspaceException#reason() reason} tells why, or one of the SDK's common exceptions: a
 * {@link io.synapse.sdk.RequestTimeoutException} when a file operation takes longer than its time limit, a
 * {@link io.synapse.sdk.CallCancelledException} when its thread is interrupted or the agent closed. Nothing is repeated
 * that may have been done: see {@link io.synapse.sdk.ClientException#mayHaveBeenExecuted()}.
 *
 * <p>Safe for use by any number of threads; operations run side by side.
 */
public interface WorkspaceAgent extends AutoCloseable {
    /** How many lines {@link #read(String)} reads. */
    int DEFAULT_LINES = 2_000;

    /** The agent's name. */
    String name();

    /** The agent's own folder: {@code /workspace/} and its name. Commands begin in it. */
    default String folder() {
        return Workspace.ROOT + "/" + name();
    }

    /** The asynchronous twin. */
    AsyncWorkspaceAgent async();

    /** The operations as tools of a model, whose failures are values. */
    default ToolResults toolResults() {
        return new ToolResults(this);
    }

    /**
     * Executes a command and waits for its end, within its time limit.
     *
     * <p>At the time limit, when the thread is interrupted, and when the agent is closed, all processes of the command are
     * ended: with SIGTERM, and after 2 s with SIGKILL, those too that left its process group, its session or its
     * environment. The method returns, or throws, when none is left. Processes that a command leaves in the background when
     * it ends go on, until its time limit.
     */
    CommandResult execute(Command command);

    /**
     * {@link #execute(Command)}, which gives the output on as it comes: see {@link RunningCommand#follow}. On an agent
     * elsewhere, the command goes on until its time limit should this program be killed.
     *
     * @param output gets each part, on the calling thread; when it throws, the command is ended with all its processes, and
     *     this method throws the same
     */
    default CommandResult execute(Command command, Consumer<CommandOutput> output) {
        RunningCommand running = start(command);
        try {
            return running.follow(output);
        } catch (RuntimeException | Error e) {
            try {
                running.kill();
            } catch (ClientException failure) {
                if (failure != e) { // that of a command which has failed by itself
                    e.addSuppressed(failure);
                }
            }
            throw e;
        }
    }

    /** {@link #execute(Command)} with the default time limit. */
    default CommandResult execute(String command) {
        return execute(Command.of(command));
    }

    /** {@link #execute(Command)} with a time limit; zero for none. */
    default CommandResult execute(String command, Duration timeout) {
        return execute(Command.of(command).timeout(timeout));
    }

    /**
     * Starts a command in the background. It has no time limit unless one is given.
     *
     * @return when the command runs
     */
    RunningCommand start(Command command);

    /** {@link #start(Command)} without a time limit. */
    default RunningCommand start(String command) {
        return start(Command.of(command).timeout(Duration.ZERO));
    }

    /** The first 2,000 lines of a file. */
    default FileContent read(String path) {
        return read(path, 0, DEFAULT_LINES);
    }

    /**
     * A window of lines of a text file, or a small binary file as a whole.
     *
     * @param offset how many lines to leave out; a negative one counts as 0
     * @param limit how many lines to read; with 0 or less, none
     * @throws PathNotFoundException when there is no such file
     * @throws WorkspaceException when it is a folder, when the offset is past its end, or when it is binary and larger than
     *     512,000 bytes
     */
    FileContent read(String path, long offset, long limit);

    /** Writes a file, whatever is there. */
    default FileVersion write(String path, String content) {
        return write(path, content, WriteCondition.NONE);
    }

    /**
     * Writes a file as UTF-8. Folders that are missing are made; the mode of a file that is there is kept.
     *
     * @throws WriteConflictException when the condition does not hold
     * @throws WorkspaceException when the path is a folder, or there is no room
     */
    FileVersion write(String path, String content, WriteCondition condition);

    /** Edits a file, whatever its version. */
    default EditResult edit(String path, Edit edit) {
        return edit(path, edit, WriteCondition.NONE);
    }

    /**
     * Replaces text in a file. The file is read, checked and written in one step as far as the operations of this JVM are
     * concerned: edits of different places by several agents all take effect.
     *
     * @throws WriteConflictException when the condition does not hold
     * @throws PathNotFoundException when there is no such file
     * @throws WorkspaceException when the text is not there, when it is there more than once and not all are to be replaced,
     *     or when the file is not UTF-8 text of at most 16 MiB
     */
    EditResult edit(String path, Edit edit, WriteCondition condition);

    /** Deletes a file or a folder with all it holds, whatever its version. */
    default void delete(String path) {
        delete(path, WriteCondition.NONE);
    }

    /**
     * Deletes a file, a symbolic link (not what it leads to), or a folder with all it holds.
     *
     * @param condition not {@link WriteCondition#ifAbsent}; a version is that of a file
     * @throws PathNotFoundException when there is nothing
     * @throws WorkspaceException when something of it is left
     */
    void delete(String path, WriteCondition condition);

    /**
     * What is in a folder, in the order of the names. Links are not followed; hidden files are listed.
     *
     * @throws PathNotFoundException when there is no such folder
     * @throws WorkspaceException when it is not a folder
     */
    List<FileInfo> ls(String path);

    /** The lines that contain a text, in all files of the agent's folder. */
    default GrepResult grep(String text) {
        return grep(GrepQuery.of(text));
    }

    /**
     * The lines that contain a text: literally, with its case. Takes 15 s at most, and gives what was found until then. Lines
     * that are not text are left out.
     *
     * @throws PathNotFoundException when there is no such file or folder
     */
    GrepResult grep(GrepQuery query);

    /** {@link #glob(String, String)} in the agent's folder. */
    default GlobResult glob(String pattern) {
        return glob(pattern, ".");
    }

    /**
     * The files below a folder that a pattern matches, in order; 10,000 at most, and what is found in 5 s.
     *
     * @param pattern without a {@code /} for base names at any depth, else for paths relative to the folder. {@code *},
     *     {@code ?}, {@code [abc]}, {@code [!a]}, nested {@code {a,b}}, and {@code **} for any number of folders. A name that
     *     begins with a dot must be matched by a part of the pattern that does
     * @throws io.synapse.sdk.BadRequestException when the pattern is empty, has {@code ..}, or stands for more than 1,000
     *     others
     * @throws PathNotFoundException when there is no such folder
     */
    GlobResult glob(String pattern, String path);

    /**
     * Writes files of any size; their content is not held in memory.
     *
     * @return one result for each, in their order: those that failed do not affect the others
     */
    default List<UploadResult> upload(List<FileUpload> files) {
        List<UploadResult> results = new ArrayList<>();
        for (FileUpload each : files) {
            try {
                results.add(new UploadResult(each.path(), Optional.of(upload(each)), Optional.empty()));
            } catch (CallCancelledException e) {
                throw e; // the others are not begun
            } catch (ClientException e) {
                results.add(new UploadResult(each.path(), Optional.empty(), Optional.of(e)));
            }
        }
        return results;
    }

    /** Writes one file of any size. */
    FileVersion upload(FileUpload file);

    /**
     * Copies a file to this machine.
     *
     * @param target a file, which is replaced once the copy is complete
     */
    default FileVersion download(String path, Path target) {
        return TargetFile.write(target, output -> download(path, output));
    }

    /**
     * Copies a file into a stream, which is not closed. When it fails, a part may have been written.
     */
    FileVersion download(String path, OutputStream target);

    /** Ends the agent's commands. Its files stay; the workspace gives the agent again. */
    @Override
    void close();
}
