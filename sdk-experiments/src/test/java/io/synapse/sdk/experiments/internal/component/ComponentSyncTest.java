package io.synapse.sdk.experiments.internal.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synapse.sdk.embedded.internal.Database;
import io.synapse.sdk.experiments.internal.NotedEvents;
import io.synapse.sdk.experiments.internal.TestDatabase;
import io.synapse.sdk.experiments.internal.notification.Notifications;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComponentSyncTest {
    private static final ComponentPath LOSS = ComponentPath.parse("loss/a");

    @TempDir
    Path folder;

    private final NotedEvents events = new NotedEvents();
    private Database database;
    private Notifications notifications;
    private ComponentSync sync;
    private Path file;

    @BeforeEach
    void open() throws IOException {
        database = TestDatabase.open(folder);
        notifications = new Notifications(database.jdbi(), events);
        sync = new ComponentSync(database.jdbi(), events, notifications, folder.resolve("components"));
        file = Files.createDirectory(folder.resolve("components/loss")).resolve("a.py");
    }

    @AfterEach
    void close() {
        database.close();
    }

    private String active() {
        return sync.components().active(LOSS).map(ComponentVersion::content).orElse("");
    }

    private List<String> conflicts() {
        return sync.conflicts().stream()
                .map(conflict -> conflict.get("path") + " " + conflict.get("type"))
                .toList();
    }

    private List<String> versions() {
        return sync.components().versions(LOSS).stream()
                .map(ComponentVersion::content)
                .toList();
    }

    @Test
    void aNewFileAndAnEditedOneBecomeActive() throws IOException {
        Files.writeString(file, "x = 1\n");
        int first = sync.scan().registered();
        Files.writeString(file, "x = 2\n");
        int second = sync.scan().registered();

        assertThat(List.of(first, second)).containsExactly(1, 1);
        assertThat(active()).isEqualTo("x = 2\n");
        assertThat(conflicts()).isEmpty();
        assertThat(events.noted())
                .map(event -> event.replaceAll(".*action\":\"(\\w+)\".*", "$1"))
                .containsExactly("uploaded", "activated", "uploaded", "activated");
    }

    @Test
    void bytesAreHashedAsTheyAre() throws IOException {
        Files.writeString(file, "x = 1\r\n");
        sync.scan();

        assertThat(active()).isEqualTo("x = 1\r\n");
    }

    @Test
    void whatBothSidesChangedIsAConflictUntilSomeoneChooses() throws IOException {
        Files.writeString(file, "x = 1\n");
        sync.scan();
        sync.components().upload(LOSS, "x = 2\n", true);
        Files.writeString(file, "x = 3\n");

        sync.scan();
        sync.scan();

        assertThat(conflicts()).containsExactly("loss/a.py local_newer");
        assertThat(active()).isEqualTo("x = 2\n");
        assertThat(notifications.unread()).isEqualTo(1);

        sync.resolve(LOSS, "use_local", null);

        assertThat(active()).isEqualTo("x = 3\n");
        assertThat(conflicts()).isEmpty();
        assertThat(notifications.unread()).isZero();
        assertThatThrownBy(() -> sync.resolve(LOSS, "skip", null)).hasMessageContaining("no conflict");
    }

    @Test
    void anUnchangedFileWhoseComponentMovedOnIsOlderThanTheServer() throws IOException {
        Files.writeString(file, "x = 1\n");
        sync.scan();
        sync.components().upload(LOSS, "x = 2\n", true);

        sync.scan();

        assertThat(conflicts()).containsExactly("loss/a.py server_newer");
    }

    @Test
    void theServersVersionReplacesTheLocalOneOnlyAfterThatIsKept() throws IOException {
        sync.components().upload(LOSS, "x = 2\n", true);
        Files.writeString(file, "mine\n");
        sync.scan();

        sync.resolve(LOSS, "use_server", null);

        assertThat(Files.readString(file)).isEqualTo("x = 2\n");
        assertThat(versions()).containsExactly("mine\n", "x = 2\n");
        assertThat(active()).isEqualTo("x = 2\n");
        assertThat(sync.scan().conflicts()).isEmpty();
    }

    @Test
    void aDeletedFileIsReportedAndCanBeRestored() throws IOException {
        Files.writeString(file, "x = 1\n");
        sync.scan();
        Files.delete(file);

        sync.scan();

        assertThat(conflicts()).containsExactly("loss/a.py server_only");
        assertThatThrownBy(() -> sync.resolve(LOSS, "use_local", null)).hasMessageContaining("no local file");
        sync.resolve(LOSS, "use_server", null);
        assertThat(Files.readString(file)).isEqualTo("x = 1\n");
    }

    @Test
    void whatWasSkippedIsReportedAgainOnlyWhenItChanges() throws IOException {
        sync.components().upload(LOSS, "x = 2\n", true);
        Files.writeString(file, "x = 1\n");
        sync.scan();
        sync.resolve(LOSS, "skip", null);

        assertThat(sync.scan().conflicts()).isEmpty();
        Files.writeString(file, "x = 3\n");
        assertThat(sync.scan().conflicts()).hasSize(1);
        assertThat(active()).isEqualTo("x = 2\n");
        assertThat(Files.readString(file)).isEqualTo("x = 3\n");
    }

    @Test
    void whatIsNoComponentIsNamedAndLeftOut() throws IOException {
        Path outside = Files.writeString(folder.resolve("secret.py"), "s = 1\n");
        Files.createSymbolicLink(file, outside);
        Files.writeString(file.resolveSibling("a-b.py"), "x");
        Files.write(file.resolveSibling("latin.py"), "ü".getBytes(StandardCharsets.ISO_8859_1));
        Files.writeString(file.resolveSibling("__init__.py"), "");

        ComponentSync.Scan scan = sync.scan();

        assertThat(scan.registered()).isZero();
        assertThat(scan.ignored().toString())
                .isEqualTo("{loss/a-b.py=is not category/name.py, loss/a.py=is a link, loss/latin.py=is not UTF-8}");
    }
}
