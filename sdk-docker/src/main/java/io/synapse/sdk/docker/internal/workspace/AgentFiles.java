package io.synapse.sdk.docker.internal.workspace;

import static io.synapse.sdk.docker.internal.workspace.ShellText.quote;

import io.synapse.sdk.docker.internal.Uninterrupted;
import io.synapse.sdk.internal.http.Deadline;
import io.synapse.sdk.workspace.Edit;
import io.synapse.sdk.workspace.EditResult;
import io.synapse.sdk.workspace.FileContent;
import io.synapse.sdk.workspace.FileInfo;
import io.synapse.sdk.workspace.FileVersion;
import io.synapse.sdk.workspace.WorkspaceException;
import io.synapse.sdk.workspace.WorkspaceException.Reason;
import io.synapse.sdk.workspace.WriteCondition;
import io.synapse.sdk.workspace.WriteConflictException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The file operations of one agent. A change is a file beside the real one, which takes its place in one step under the
 * lock of the real path (wire/workspace.md, section 6). Paths are absolute. Safe for use by several threads.
 */
final class AgentFiles {
    private static final int MOST_BYTES_TO_EDIT = 16 << 20;
    private static final int MOST_EDIT_ATTEMPTS = 5;

    private final ShellPool shells;
    private final PathLocks locks;
    private final RecentContents recent;
    private final ExecutorService executor;

    /**
     * The file operations of an agent.
     *
     * @param locks those of the workspace
     * @param recent what the workspace remembers of files
     * @param executor runs what must not be interrupted
     */
    AgentFiles(ShellPool shells, PathLocks locks, RecentContents recent, ExecutorService executor) {
        this.shells = shells;
        this.locks = locks;
        this.recent = recent;
        this.executor = executor;
    }

    FileContent read(String path, long offset, long limit) {
        return shells.read(shell -> {
            PageScanner page = new PageScanner(path, offset, limit);
            LimitedBytes small = new LimitedBytes(RecentContents.MOST_BYTES + 1); // one more tells that it is too long
            String real = get(shell, path, (bytes, from, length) -> {
                page.add(bytes, from, length);
                small.add(bytes, from, length);
            });
            FileContent content = page.finish().of(real);
            recent.put(content.version(), small.toArray());
            return content;
        });
    }

    FileVersion download(String path, OutputStream target) {
        return shells.use(shell -> {
            VersionStream version = new VersionStream(target);
            String real = get(shell, path, version::write);
            version.flush();
            return version.of(real);
        });
    }

    FileVersion write(String path, String content, WriteCondition condition) {
        byte[] bytes = ShellText.bytes(content);
        FileVersion written = upload(path, new ByteArrayInputStream(bytes), condition);
        recent.put(written.version(), bytes);
        return written;
    }

    FileVersion upload(String path, InputStream content, WriteCondition condition) {
        return shells.use(shell -> {
            Place place = locate(shell, path);
            Draft draft = draft(shell, place, content);
            ReentrantLock lock = locks.of(place.path());
            lock.lockInterruptibly();
            try {
                commit(shell, place, draft, condition);
            } finally {
                lock.unlock();
            }
            return draft.version();
        });
    }

    EditResult edit(String path, Edit edit, WriteCondition condition) {
        return shells.use(shell -> {
            Place place = locate(shell, path);
            ReentrantLock lock = locks.of(place.path());
            lock.lockInterruptibly();
            try {
                return edit(shell, place, edit, condition);
            } finally {
                lock.unlock();
            }
        });
    }

    /** Once more, where a writer that knows of no lock was faster: unless the caller named a version. */
    private EditResult edit(Shell shell, Place place, Edit edit, WriteCondition condition)
            throws IOException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            Content before = content(shell, place.path());
            require(before, place, condition);
            EditVerdict.Edited edited = EditFailures.check(apply(edit, before.bytes()), place.path());
            byte[] bytes = edited.content().getBytes(StandardCharsets.UTF_8);
            Draft draft = draft(shell, place, new ByteArrayInputStream(bytes));
            try {
                commit(shell, place, draft, WriteCondition.ifVersion(before.version()));
            } catch (WriteConflictException e) {
                if (condition.version() != null || attempt == MOST_EDIT_ATTEMPTS) {
                    throw e;
                }
                continue;
            }
            recent.put(draft.version().version(), bytes);
            return new EditResult(
                    place.path(), edited.occurrences(), draft.version().version());
        }
    }

    private static EditVerdict apply(Edit edit, byte[] content) {
        return new TextEdit(edit.oldText(), edit.newText(), edit.isAll()).applyTo(content, MOST_BYTES_TO_EDIT);
    }

    void delete(String path, WriteCondition condition) {
        shells.run(shell -> {
            FirstField real = new FirstField(Shell.Content.NOTHING);
            FileFailures.check(shell.call("describe_link " + quote(path), real, Deadline.NONE), path);
            ReentrantLock lock = locks.of(real.text());
            lock.lockInterruptibly();
            try {
                String request = "remove " + quote(real.text()) + " " + argument(condition);
                finish(shell, request, new Place(real.text(), null), condition);
            } finally {
                lock.unlock();
            }
        });
    }

    List<FileInfo> ls(String path) {
        return list(path, " -prune");
    }

    /** The files in a folder and below it. */
    List<FileInfo> tree(String path) {
        return list(path, "");
    }

    private List<FileInfo> list(String path, String depth) {
        return shells.read(shell -> {
            ByteArrayOutputStream records = new ByteArrayOutputStream();
            FirstField real = new FirstField(records::write);
            FileFailures.check(shell.call("list " + quote(path) + depth, real, Deadline.NONE), path);
            return FileListing.read(records.toByteArray(), real.text(), shell.word());
        });
    }

    /** The real path of a file whose content is given. */
    private static String get(Shell shell, String path, Shell.Content content)
            throws IOException, InterruptedException {
        FirstField real = new FirstField(content);
        FileFailures.check(shell.call("get " + quote(path), real, Deadline.NONE), path);
        return real.text();
    }

    /**
     * Where a path leads.
     *
     * @param path the real path
     * @param mode of the file that is there, in octal; null when there is none
     */
    private record Place(String path, @Nullable String mode) {
        String folder() {
            int end = path.lastIndexOf('/');
            return end == 0 ? "/" : path.substring(0, end);
        }

        String name() {
            return path.substring(path.lastIndexOf('/') + 1);
        }
    }

    private static Place locate(Shell shell, String path) throws IOException, InterruptedException {
        ByteArrayOutputStream stat = new ByteArrayOutputStream();
        FirstField real = new FirstField(stat::write);
        FileFailures.check(shell.call("describe " + quote(path), real, Deadline.NONE), path);
        String mode = stat.toString(StandardCharsets.US_ASCII).strip();
        return new Place(real.text(), mode.isEmpty() ? null : mode);
    }

    /** A file that is written and not yet in its place. */
    private record Draft(String name, FileVersion version) {}

    private static Draft draft(Shell shell, Place place, InputStream content) throws IOException, InterruptedException {
        String name = TemporaryName.next();
        VersionStream version = new VersionStream(OutputStream.nullOutputStream());
        UploadPieces.send(shell, "begin " + quote(place.folder()) + " " + name, content, version::write, place.path());
        return new Draft(name, version.of(place.path()));
    }

    private void commit(Shell shell, Place place, Draft draft, WriteCondition condition)
            throws IOException, InterruptedException {
        String mode = place.mode() == null ? "''" : place.mode();
        finish(
                shell,
                "commit " + quote(place.folder()) + " " + draft.name() + " " + quote(place.name()) + " " + mode + " "
                        + argument(condition),
                place,
                condition);
    }

    /** The last step of a change, which is done or not: an interrupt takes effect after it. */
    private void finish(Shell shell, String request, Place place, WriteCondition condition)
            throws IOException, InterruptedException {
        Shell.Answer answer;
        try {
            answer = Uninterrupted.call(executor, () -> shell.call(request, Shell.Content.NOTHING, Deadline.NONE));
        } catch (RejectedExecutionException e) {
            throw ShellPool.cancelled("the workspace was closed");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException cause) {
                throw cause;
            }
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        }
        if (answer.status() == FileFailures.EXISTS || answer.status() == FileFailures.OTHER_VERSION) {
            throw conflict(shell, place, condition);
        }
        FileFailures.check(answer, place.path());
    }

    private static String argument(WriteCondition condition) {
        String version = condition.version();
        return condition.isIfAbsent() ? "absent" : version == null ? "none" : version;
    }

    /**
     * The content of a file that is small enough.
     *
     * @param version its version
     */
    private record Content(byte[] bytes, String version) {}

    private static Content content(Shell shell, String path) throws IOException, InterruptedException {
        LimitedBytes bytes = new LimitedBytes(MOST_BYTES_TO_EDIT);
        VersionStream version = new VersionStream(OutputStream.nullOutputStream());
        String real = get(shell, path, (piece, offset, length) -> {
            version.write(piece, offset, length);
            bytes.add(piece, offset, length);
        });
        FileVersion whole = version.of(real);
        if (whole.size() > MOST_BYTES_TO_EDIT) {
            throw new WorkspaceException(
                    Reason.TOO_LARGE,
                    path + " has " + whole.size() + " bytes; up to " + MOST_BYTES_TO_EDIT + " can be edited");
        }
        return new Content(bytes.toArray(), whole.version());
    }

    private void require(Content content, Place place, WriteCondition condition) {
        String version = condition.version();
        if (condition.isIfAbsent() || version != null && !version.equals(content.version())) {
            throw conflict(place, condition, content);
        }
    }

    /** With what is there now, as far as it can be read. */
    private WriteConflictException conflict(Shell shell, Place place, WriteCondition condition)
            throws IOException, InterruptedException {
        try {
            return conflict(place, condition, content(shell, place.path()));
        } catch (WorkspaceException e) {
            String message = e.reason() == Reason.NOT_FOUND
                    ? place.path() + " is not there any more: another has deleted it"
                    : place.path() + " has been changed by another, and cannot be read: " + e.getMessage();
            return new WriteConflictException(message, null, null);
        }
    }

    private WriteConflictException conflict(Place place, WriteCondition condition, Content now) {
        if (condition.isIfAbsent()) {
            return new WriteConflictException(place.path() + " already exists", now.version(), null);
        }
        Optional<byte[]> before = Optional.ofNullable(condition.version()).flatMap(recent::get);
        return new WriteConflictException(
                place.path() + " has been changed by another since the version that was named: read it again",
                now.version(),
                before.map(bytes -> ChangedLines.between(
                                        new String(bytes, StandardCharsets.UTF_8),
                                        new String(now.bytes(), StandardCharsets.UTF_8))
                                .text())
                        .orElse(null));
    }
}
