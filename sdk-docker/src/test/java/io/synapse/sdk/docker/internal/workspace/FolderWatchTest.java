package io.synapse.sdk.docker.internal.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.synapse.sdk.CallCancelledException;
import io.synapse.sdk.workspace.FileInfo;
import io.synapse.sdk.workspace.FileInfo.Kind;
import io.synapse.sdk.workspace.WorkspaceEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What differs between two looks at a folder. */
@Timeout(20)
class FolderWatchTest {
    private static final Duration NOW = Duration.ZERO;
    private static final FileInfo FOLDER = file("/w/d", Kind.DIRECTORY, 4096, 1);
    private static final FileInfo FILE = file("/w/d/a", Kind.FILE, 3, 1);

    private List<FileInfo> files = List.of(FOLDER, FILE);
    private final FolderWatch watch = new FolderWatch(() -> files);

    @Test
    void whatIsThereAtTheStartIsNoEvent() {
        assertThat(watch.next(NOW)).isEmpty();
    }

    @Test
    void whatIsMadeChangedAndDeletedIsAnEventEach() {
        FileInfo changed = file("/w/d/a", Kind.FILE, 3, 2);
        FileInfo made = file("/w/d/b", Kind.FILE, 0, 2);
        files = List.of(FOLDER, changed, made);

        assertThat(watch.next(NOW)).contains(new WorkspaceEvent(WorkspaceEvent.Kind.MODIFIED, changed));
        assertThat(watch.next(NOW)).contains(new WorkspaceEvent(WorkspaceEvent.Kind.CREATED, made));
        assertThat(watch.next(NOW)).isEmpty();

        files = List.of(FOLDER, made);

        assertThat(watch.next(NOW)).contains(new WorkspaceEvent(WorkspaceEvent.Kind.DELETED, changed));
        assertThat(watch.next(NOW)).isEmpty();
    }

    @Test
    void aFolderDoesNotChangeWithWhatIsInIt() {
        files = List.of(file("/w/d", Kind.DIRECTORY, 4096, 9), FILE);

        assertThat(watch.next(NOW)).isEmpty();
    }

    @Test
    void aFileInThePlaceOfAFolderIsAChange() {
        FileInfo file = file("/w/d", Kind.FILE, 0, 1);
        files = List.of(file);

        assertThat(watch.next(NOW)).contains(new WorkspaceEvent(WorkspaceEvent.Kind.DELETED, FILE));
        assertThat(watch.next(NOW)).contains(new WorkspaceEvent(WorkspaceEvent.Kind.MODIFIED, file));
    }

    @Test
    void onceClosedItWaitsForNothing() {
        watch.close();

        assertThatExceptionOfType(CallCancelledException.class).isThrownBy(() -> watch.next(Duration.ofMinutes(1)));
    }

    @Test
    void anInterruptEndsTheWait() {
        Thread.currentThread().interrupt();

        assertThatExceptionOfType(CallCancelledException.class).isThrownBy(() -> watch.next(Duration.ofMinutes(1)));
        assertThat(Thread.interrupted()).isTrue();
    }

    private static FileInfo file(String path, Kind kind, long size, long second) {
        return new FileInfo(path, kind, size, Instant.ofEpochSecond(second));
    }
}
