package io.synapse.sdk.embedded.internal.workspace;

import io.synapse.sdk.workspace.WorkspaceException;
import io.synapse.sdk.workspace.WorkspaceException.Reason;
import io.synapse.sdk.workspace.internal.WorkspaceCall;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/** Objects that clients know by an id. Thread-safe. */
final class Handles<T> implements WorkspaceCall.Handles<T> {
    private final Map<String, Entry<T>> entries = new ConcurrentHashMap<>();
    private final String name;
    private final LongSupplier nanoTime;

    /** @param name of one of them, for messages */
    Handles(String name, LongSupplier nanoTime) {
        this.name = name;
        this.nanoTime = nanoTime;
    }

    private record Entry<T>(T object, long lastUse) {}

    @Override
    public String keep(T object) {
        String id = UUID.randomUUID().toString();
        entries.put(id, new Entry<>(object, nanoTime.getAsLong()));
        return id;
    }

    @Override
    public T get(String id) {
        Entry<T> entry = entries.computeIfPresent(id, (same, used) -> new Entry<>(used.object, nanoTime.getAsLong()));
        if (entry == null) {
            throw new WorkspaceException(Reason.NOT_FOUND, "the agent has no such " + name + " any more: " + id);
        }
        return entry.object;
    }

    @Override
    public Optional<T> remove(String id) {
        return Optional.ofNullable(entries.remove(id)).map(Entry::object);
    }

    List<T> all() {
        return entries.values().stream().map(Entry::object).toList();
    }

    /** Forgets those that were not in use for so long; what is in use now, a function tells. */
    List<T> removeUnused(Duration time, Predicate<T> isInUse) {
        long now = nanoTime.getAsLong();
        List<T> removed = new ArrayList<>();
        entries.forEach((id, entry) -> {
            if (isInUse.test(entry.object)) {
                entries.replace(id, entry, new Entry<>(entry.object, now));
            } else if (now - entry.lastUse >= time.toNanos() && entries.remove(id, entry)) {
                removed.add(entry.object);
            }
        });
        return removed;
    }
}
