package io.synapse.sdk.examples;

import io.synapse.sdk.job.JobOperations;
import io.synapse.sdk.ray.RayClient;

/**
 * Where an example's jobs run: on the Ray cluster that {@code RAY_API_SERVER_ADDRESS} names, or else with an
 * {@link ExampleAgent}. To code written against {@link JobOperations} it is all the same.
 */
public final class ExampleServer implements AutoCloseable {
    private final JobOperations client;
    private final Runnable end;

    /** Connects to the server, starting one if need be. */
    public ExampleServer() {
        String cluster = System.getenv("RAY_API_SERVER_ADDRESS");
        if (cluster != null && !cluster.isBlank()) {
            RayClient ray = RayClient.fromEnvironment();
            client = ray;
            end = ray::close;
        } else {
            ExampleAgent agent = new ExampleAgent();
            client = agent.client();
            end = agent::close;
        }
    }

    /** A client of the server. */
    public JobOperations client() {
        return client;
    }

    @Override
    public void close() {
        end.run();
    }
}
