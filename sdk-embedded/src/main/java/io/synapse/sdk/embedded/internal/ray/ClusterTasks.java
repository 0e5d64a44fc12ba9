package io.synapse.sdk.embedded.internal.ray;

import io.synapse.sdk.embedded.internal.backend.Tasks;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The tasks that a cluster remembers. */
final class ClusterTasks implements Tasks {
    private final Cluster cluster;

    ClusterTasks(Cluster cluster) {
        this.cluster = cluster;
    }

    @Override
    public Stream<Map<String, @Nullable Object>> list() {
        return Documents.ofAll(cluster.ask(client -> client.listTasks())).stream();
    }

    @Override
    public Map<String, @Nullable Object> get(String id) {
        return Documents.of(cluster.ask(client -> client.getTask(id)));
    }
}
