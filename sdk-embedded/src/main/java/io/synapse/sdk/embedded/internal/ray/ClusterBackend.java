package io.synapse.sdk.embedded.internal.ray;

import com.fasterxml.jackson.databind.JsonNode;
import io.synapse.sdk.embedded.internal.backend.Backend;
import io.synapse.sdk.embedded.internal.backend.Jobs;
import io.synapse.sdk.embedded.internal.backend.Nodes;
import io.synapse.sdk.embedded.internal.backend.PolicyStore;
import io.synapse.sdk.embedded.internal.backend.RuntimePolicy;
import io.synapse.sdk.embedded.internal.backend.ServeApplications;
import io.synapse.sdk.embedded.internal.backend.Tasks;
import io.synapse.sdk.ray.RayClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Has the work done by a Ray cluster. It need not be there yet: until it is, each call says that it is not. */
public final class ClusterBackend implements Backend {
    /** Longer than it takes a client to come back after its connection broke. */
    private static final Duration AFTERGLOW = Duration.ofSeconds(30);

    private final Cluster cluster;
    private final LogCopies copies;
    private final PolicyStore policies;
    private final Nodes nodes;
    private volatile RuntimePolicy policy;

    /**
     * A backend; nothing is sent yet.
     *
     * @param directory for copies of logs that are followed
     * @param database for the policy
     * @param address of the cluster's dashboard
     * @param token of a cluster that wants one
     * @throws IOException when the directory cannot be used
     * @throws io.synapse.sdk.BadRequestException when it is not an address
     */
    public ClusterBackend(Path directory, Jdbi database, String address, @Nullable String token) throws IOException {
        RayClient.Builder builder = RayClient.builder().baseUrl(address);
        RayClient client = (token == null ? builder : builder.authToken(token)).build();
        cluster = new Cluster(address, client);
        copies = new LogCopies(directory.resolve("ray-logs"), client, AFTERGLOW);
        policies = new PolicyStore(database);
        policy = policies.policy(RuntimePolicy.UNLIMITED);
        nodes = new ClusterNodes(cluster, this::policy, Clock.systemUTC());
    }

    @Override
    public String name() {
        return "ray";
    }

    @Override
    public Map<String, Object> health() {
        return Map.of("ray", cluster.health());
    }

    @Override
    public Jobs jobs() {
        return new ClusterJobs(cluster, copies);
    }

    @Override
    public Nodes nodes() {
        return nodes;
    }

    @Override
    public Tasks tasks() {
        return new ClusterTasks(cluster);
    }

    @Override
    public ServeApplications serveApplications() {
        return new ClusterServeApplications(cluster);
    }

    @Override
    public RuntimePolicy policy() {
        return policy;
    }

    /** Kept and told, no more: what runs when is Ray's to decide. */
    @Override
    public synchronized RuntimePolicy changePolicy(JsonNode changes) {
        RuntimePolicy changed = policy.with(changes);
        policies.save(changed);
        policy = changed;
        return changed;
    }

    /** There are none: jobs are the cluster's. */
    @Override
    public void stopJobsOfThisAgent() {}

    @Override
    public void close() {
        copies.close();
        cluster.close();
    }
}
