package io.synapse.sdk.experiments.internal.event;

import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Where the parts of the server tell what happened; streams of events give it to clients (wire/experiments.md, section 4).
 * Safe for use by several threads.
 */
public interface Events {
    /**
     * Records an event in the transaction of the change that it tells of. It is sent to streams once that is committed.
     *
     * @param type for instance {@code queue_update}
     */
    void record(Handle transaction, String type, Map<String, ? extends @Nullable Object> data);

    /** Sends an event that is not kept: one whose content has a position of its own. */
    void send(String type, Map<String, ? extends @Nullable Object> data);
}
