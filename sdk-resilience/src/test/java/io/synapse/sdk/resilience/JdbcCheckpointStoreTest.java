package io.synapse.sdk.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synapse.sdk.Checkpoint;
import io.synapse.sdk.CheckpointStore;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** Checkpoints in a real database. */
class JdbcCheckpointStoreTest {
    @TempDir
    Path folder;

    @Test
    void checkpointsLast() {
        CheckpointStore store = JdbcCheckpointStore.of(database("checkpoints.db"));
        store.save("a'b", new Checkpoint("http://h", "s", 1, "r"));
        store.save("a'b", new Checkpoint("http://h", "s", 2, "r"));
        store.save("other", new Checkpoint("http://h", "t", 7, "q"));

        CheckpointStore later = JdbcCheckpointStore.of(database("checkpoints.db"));

        assertThat(later.load("a'b")).hasValue(new Checkpoint("http://h", "s", 2, "r"));
        later.remove("a'b");
        later.remove("a'b");
        assertThat(later.load("a'b")).isEmpty();
        assertThat(later.load("other")).hasValue(new Checkpoint("http://h", "t", 7, "q"));
    }

    @Test
    void programsThatSaveAtOnceDoNotFail() {
        SQLiteDataSource database = database("busy.db");
        List<CompletableFuture<Void>> saves = IntStream.rangeClosed(1, 20)
                .mapToObj(number -> CompletableFuture.runAsync(() ->
                        JdbcCheckpointStore.of(database).save("job", new Checkpoint("http://h", "s", number, "r"))))
                .toList();

        saves.forEach(CompletableFuture::join);

        assertThat(JdbcCheckpointStore.of(database).load("job")).isPresent();
    }

    @Test
    void aDatabaseThatFailsIsNamed() {
        SQLiteDataSource none = new SQLiteDataSource();
        none.setUrl("jdbc:sqlite:/proc/none/checkpoints.db");

        assertThatThrownBy(() -> JdbcCheckpointStore.of(none))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("in the database");
    }

    private SQLiteDataSource database(String name) {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(10_000);
        SQLiteDataSource database = new SQLiteDataSource(config);
        database.setUrl("jdbc:sqlite:" + folder.resolve(name));
        return database;
    }
}
