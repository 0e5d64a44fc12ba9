package io.synapse.sdk.serve;

import io.synapse.sdk.AsyncPerformer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The asynchronous twin of {@link ServeOperations}: the same calls, each returning a future that fails with the
 * exception the blocking call throws.
 */
public interface AsyncServeOperations extends AsyncPerformer {
    /** Asynchronous twin of {@link ServeOperations#listServeApplications}. */
    default CompletableFuture<List<ServeApplication>> listServeApplications() {
        return perform(ServeEndpoints.list());
    }

    /** Asynchronous twin of {@link ServeOperations#getServeApplication}. */
    default CompletableFuture<ServeApplication> getServeApplication(String name) {
        return perform(ServeEndpoints.get(name));
    }

    /** Asynchronous twin of {@link ServeOperations#deleteServeApplication}. */
    default CompletableFuture<@Nullable Void> deleteServeApplication(String name) {
        return perform(ServeEndpoints.delete(name));
    }
}
