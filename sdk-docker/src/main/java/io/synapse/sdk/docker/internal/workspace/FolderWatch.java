package io.synapse.sdk.docker.internal.workspace;

import io.synapse.sdk.internal.http.Deadline;
import io.synapse.sdk.workspace.FileInfo;
import io.synapse.sdk.workspace.WorkspaceEvent;
import io.synapse.sdk.workspace.WorkspaceEvent.Kind;
import io.synapse.sdk.workspace.WorkspaceEvents;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Looks at a folder each second and tells what is different: the usual images have no program that watches (wire/workspace.md,
 * section 6). It has no thread.
 */
final class FolderWatch implements WorkspaceEvents {
    private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Supplier<List<FileInfo>> folder;
    private final Queue<WorkspaceEvent> events = new ArrayDeque<>();
    private Map<String, FileInfo> known;
    private boolean closed;

    FolderWatch(Supplier<List<FileInfo>> folder) {
        this.folder = folder;
        this.known = look();
    }

    @Override
    public synchronized Optional<WorkspaceEvent> next(Duration timeout) {
        Deadline deadline = Deadline.after(timeout.isZero() ? Duration.ofNanos(1) : timeout);
        while (true) {
            if (closed) {
                throw ShellPool.cancelled("the watch was closed");
            }
            if (events.isEmpty()) {
                compare(look());
            }
            if (!events.isEmpty() || deadline.isOver()) {
                return Optional.ofNullable(events.poll());
            }
            try {
                TimeUnit.NANOSECONDS.timedWait(this, Math.max(1, Math.min(INTERVAL_NANOS, deadline.leftNanos())));
            } catch (InterruptedException e) {
                throw ShellPool.interrupted(false);
            }
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        notifyAll();
    }

    private Map<String, FileInfo> look() {
        Map<String, FileInfo> files = new LinkedHashMap<>();
        folder.get().forEach(file -> files.put(file.path(), file));
        return files;
    }

    private void compare(Map<String, FileInfo> now) {
        known.forEach((path, file) -> {
            if (!now.containsKey(path)) {
                events.add(new WorkspaceEvent(Kind.DELETED, file));
            }
        });
        now.forEach((path, file) -> {
            FileInfo before = known.get(path);
            if (before == null) {
                events.add(new WorkspaceEvent(Kind.CREATED, file));
            } else if (!before.equals(file) && !(file.isDirectory() && before.isDirectory())) {
                events.add(new WorkspaceEvent(Kind.MODIFIED, file));
            }
        });
        known = now;
    }
}
