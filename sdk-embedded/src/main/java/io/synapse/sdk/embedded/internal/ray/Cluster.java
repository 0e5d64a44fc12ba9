package io.synapse.sdk.embedded.internal.ray;

import io.synapse.sdk.ClientException;
import io.synapse.sdk.embedded.internal.backend.RefusedException;
import io.synapse.sdk.ray.ClusterVersion;
import io.synapse.sdk.ray.RayClient;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** A Ray cluster as an agent asks it: what fails there is refused here, in words that say where. Thread-safe. */
final class Cluster implements AutoCloseable {
    private static final Duration UNTIL_UNAVAILABLE = Duration.ofSeconds(3);

    private final String address;
    private final RayClient client;

    /**
     * A cluster; nothing is sent yet.
     *
     * @param address of its dashboard
     */
    Cluster(String address, RayClient client) {
        this.address = address;
        this.client = client;
    }

    RayClient client() {
        return client;
    }

    /** The answer to a question, or a refusal that says why there is none. */
    <T> T ask(Function<RayClient, T> question) {
        try {
            return question.apply(client);
        } catch (ClientException e) {
            throw refused(e);
        }
    }

    /** Whether it can be reached at this moment, and what it is. */
    Map<String, Object> health() {
        Map<String, Object> health = new LinkedHashMap<>();
        health.put("address", address);
        CompletableFuture<ClusterVersion> version = client.async().getVersion();
        try {
            String ray = version.thenApply(ClusterVersion::rayVersion)
                    .orTimeout(UNTIL_UNAVAILABLE.toMillis(), TimeUnit.MILLISECONDS)
                    .join();
            health.put("available", true);
            health.put("ray_version", String.valueOf(ray));
        } catch (CompletionException e) {
            health.put("available", false);
            health.put("detail", e.getCause() instanceof ClientException known ? words(known) : "it does not answer");
        } finally {
            version.cancel(true);
        }
        return health;
    }

    /**
     * The same failure in the agent's words (wire/agent.md, section 2). What the cluster says of a job, a node or an
     * argument is for the caller; that it does not let this agent in is nothing that the caller's token could change.
     */
    private RefusedException refused(ClientException failure) {
        return switch (failure.statusCode()) {
            case 400, 404, 409, 422, 501 -> new RefusedException(failure.statusCode(), words(failure));
            case 401, 403 ->
                new RefusedException(
                        503, "the Ray cluster at " + address + " does not let this agent in: " + words(failure));
            case 408, 429, 503 ->
                new RefusedException(503, "the Ray cluster at " + address + " is not available: " + words(failure));
            default -> new RefusedException(500, "the Ray cluster at " + address + " failed: " + words(failure));
        };
    }

    private static String words(ClientException failure) {
        return String.valueOf(failure.getMessage());
    }

    @Override
    public void close() {
        client.close();
    }
}
