package io.synapse.sdk.embedded.internal.ray;

import io.synapse.sdk.embedded.internal.backend.ServeApplications;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The Serve applications of a cluster. */
final class ClusterServeApplications implements ServeApplications {
    private final Cluster cluster;

    ClusterServeApplications(Cluster cluster) {
        this.cluster = cluster;
    }

    @Override
    public List<Map<String, @Nullable Object>> list() {
        return Documents.ofAll(cluster.ask(client -> client.listServeApplications()));
    }

    @Override
    public Map<String, @Nullable Object> get(String name) {
        return Documents.of(cluster.ask(client -> client.getServeApplication(name)));
    }

    @Override
    public void delete(String name) {
        cluster.ask(client -> {
            client.deleteServeApplication(name);
            return name;
        });
    }
}
