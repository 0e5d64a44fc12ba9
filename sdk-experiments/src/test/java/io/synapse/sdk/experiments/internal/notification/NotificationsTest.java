package io.synapse.sdk.experiments.internal.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synapse.sdk.embedded.internal.Database;
import io.synapse.sdk.experiments.internal.Failure;
import io.synapse.sdk.experiments.internal.NotedEvents;
import io.synapse.sdk.experiments.internal.TestDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NotificationsTest {
    private final NotedEvents events = new NotedEvents();
    private Database database;
    private Notifications notifications;

    @BeforeEach
    void open(@TempDir Path folder) throws IOException {
        database = TestDatabase.open(folder);
        notifications = new Notifications(database.jdbi(), events);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private long add(NewNotification notification) {
        return database.jdbi().inTransaction(transaction -> notifications.add(transaction, notification));
    }

    @Test
    void aNotificationIsAnsweredOnceAndEveryoneIsTold() {
        long id = add(NewNotification.of(NotificationType.WORKER_LOST, "w1 is silent", "for 60 s", "j1"));

        assertThat(notifications.answer(id, "read"))
                .containsEntry("action", "read")
                .containsEntry("read", true);
        assertThatThrownBy(() -> notifications.answer(id, "read"))
                .isInstanceOfSatisfying(
                        Failure.class, e -> assertThat(e.status()).isEqualTo(409));
        assertThat(events.noted()).hasSize(2).allMatch(event -> event.startsWith("notification {\"id\":\"" + id));
        assertThat(notifications.unread()).isZero();
    }

    @Test
    void onlyAnOfferedActionIsAnAnswer() {
        long id = add(new NewNotification(
                NotificationType.SYNC_CONFLICT, "t", "m", null, List.of("skip"), Map.of("path", "loss/a.py")));

        assertThatThrownBy(() -> notifications.answer(id, "other"))
                .isInstanceOfSatisfying(
                        Failure.class, e -> assertThat(e.status()).isEqualTo(400));
        assertThatThrownBy(() -> notifications.answer(id + 1, "skip"))
                .isInstanceOfSatisfying(
                        Failure.class, e -> assertThat(e.status()).isEqualTo(404));
        assertThat(notifications.list(true, 10)).hasSize(1);
    }

    @Test
    void theNewestComeFirst() {
        for (int i = 0; i < 3; i++) {
            add(NewNotification.of(NotificationType.INFO, "t" + i, "m", null));
        }
        notifications.answer(2, "read");

        assertThat(notifications.list(false, 2))
                .extracting(each -> each.get("title"))
                .containsExactly("t2", "t1");
        assertThat(notifications.list(true, 10))
                .extracting(each -> each.get("title"))
                .containsExactly("t2", "t0");
    }

    @Test
    void whatIsRolledBackIsNotTold() {
        assertThatThrownBy(() -> database.jdbi().useTransaction(transaction -> {
                    notifications.add(transaction, NewNotification.of(NotificationType.INFO, "t", "m", null));
                    throw new IllegalStateException("no");
                }))
                .hasMessage("no");

        assertThat(events.noted()).isEmpty();
        assertThat(notifications.list(false, 10)).isEmpty();
    }
}
