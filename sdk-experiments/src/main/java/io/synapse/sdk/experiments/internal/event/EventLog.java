package io.synapse.sdk.experiments.internal.event;

import io.synapse.sdk.experiments.internal.Json;
import io.synapse.sdk.experiments.internal.RunningTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * The events of the server. Those that are kept have ids that grow by one: an id is given in the transaction of the change,
 * transactions that write follow each other, and one that fails gives its id back. Thread-safe.
 */
public final class EventLog implements Events {
    /** How many are kept at most. */
    static final long MAX_KEPT = 100_000;

    /** For how long they are kept at most: a day. */
    static final long MAX_AGE_MILLIS = 24L * 60 * 60 * 1000;

    private static final Listener NOBODY = new Listener() {
        @Override
        public void committed() {}

        @Override
        public void sent(EventFrame frame) {}
    };

    private final Jdbi database;
    private final RunningTime time;
    private volatile Listener listener = NOBODY;

    /** Who learns of events. */
    interface Listener {
        /** Events that are kept have been committed. */
        void committed();

        /** An event that is not kept. */
        void sent(EventFrame frame);
    }

    /** The log in these records. */
    public EventLog(Jdbi database, RunningTime time) {
        this.database = database;
        this.time = time;
    }

    void listen(Listener next) {
        listener = next;
    }

    @Override
    public void record(Handle transaction, String type, Map<String, ? extends @Nullable Object> data) {
        transaction.execute(
                "INSERT INTO event (type, data, time, running) VALUES (?, ?, ?, ?)",
                type,
                Json.text(data),
                Instant.now().toString(),
                time.millis());
        transaction.afterCommit(() -> listener.committed());
    }

    @Override
    public void send(String type, Map<String, ? extends @Nullable Object> data) {
        listener.sent(frame(type, data));
    }

    /** The frame of an event that is not kept. */
    static EventFrame frame(String type, Map<String, ? extends @Nullable Object> data) {
        return EventFrame.of(
                EventFrame.NO_ID, type, Json.text(data), Instant.now().toString());
    }

    /** The id of the newest event there ever was; 0 when there was none. */
    long newest() {
        return database.withHandle(
                handle -> handle.createQuery("SELECT ifnull(max(seq), 0) FROM sqlite_sequence WHERE name = 'event'")
                        .mapTo(long.class)
                        .one());
    }

    /** Events after this id and up to another, the oldest first, so many at most. Those that are no longer kept lack. */
    List<EventFrame> read(long after, long upTo, int most) {
        return database.withHandle(
                handle -> handle.createQuery("SELECT * FROM event WHERE id > ? AND id <= ? ORDER BY id LIMIT ?")
                        .bind(0, after)
                        .bind(1, upTo)
                        .bind(2, most)
                        .map((row, context) -> EventFrame.of(
                                row.getLong("id"), row.getString("type"), row.getString("data"), row.getString("time")))
                        .list());
    }

    /** Removes what is to be kept no longer. */
    public void prune() {
        database.useHandle(handle -> handle.execute(
                "DELETE FROM event WHERE id <= (SELECT max(id) FROM event) - ? OR running < ?",
                MAX_KEPT,
                time.millis() - MAX_AGE_MILLIS));
    }
}
