package io.synapse.sdk.experiments.internal.metric;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Handle;

/** The numbers by which metrics are stored. They are never deleted, so those that are known need no look-up. Thread-safe. */
final class MetricNames {
    private final Map<String, Integer> known = new ConcurrentHashMap<>();

    /** The number of that name, if any run has a metric of it. */
    Optional<Integer> find(Handle handle, String name) {
        Integer id = known.get(name);
        return id != null
                ? Optional.of(id)
                : handle.createQuery("SELECT id FROM metric WHERE name = ?")
                        .bind(0, name)
                        .mapTo(Integer.class)
                        .findOne();
    }

    /** The numbers of these names; makes those that there are none of yet. */
    int[] ids(Handle transaction, Collection<String> names) {
        Map<String, Integer> found = new HashMap<>();
        int[] ids =
                names.stream().mapToInt(name -> id(transaction, name, found)).toArray();
        if (!found.isEmpty()) { // not before: a transaction that is rolled back takes its numbers with it
            transaction.afterCommit(() -> known.putAll(found));
        }
        return ids;
    }

    private int id(Handle transaction, String name, Map<String, Integer> found) {
        Integer id = known.get(name);
        if (id != null) {
            return id;
        }
        transaction.execute("INSERT INTO metric (name) VALUES (?) ON CONFLICT DO NOTHING", name);
        int stored = find(transaction, name).orElseThrow();
        found.put(name, stored);
        return stored;
    }
}
