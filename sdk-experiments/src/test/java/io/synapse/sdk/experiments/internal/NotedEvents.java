package io.synapse.sdk.experiments.internal;

import io.synapse.sdk.experiments.internal.event.Events;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Events that are only noted, each as its type and its data. */
public final class NotedEvents implements Events {
    private final List<String> noted = new CopyOnWriteArrayList<>();

    @Override
    public void record(Handle transaction, String type, Map<String, ? extends @Nullable Object> data) {
        transaction.afterCommit(() -> send(type, data));
    }

    @Override
    public void send(String type, Map<String, ? extends @Nullable Object> data) {
        noted.add(type + " " + Json.text(data));
    }

    public List<String> noted() {
        return noted;
    }
}
