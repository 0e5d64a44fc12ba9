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
    /** All applications. */
    default CompletableFuture<List<ServeApplication>> listServeApplications() {
        return perform(ServeEndpoints.list());
    }

    /**
     * One application.
     *
     * @param name its name, any text but an empty one, "." and ".."
     * @throws io.synapse.sdk.NotFoundException when there is none
     */
    default CompletableFuture<ServeApplication> getServeApplication(String name) {
        return perform(ServeEndpoints.get(name));
    }

    /**
     * Deletes an application.
     *
     * @throws io.synapse.sdk.NotFoundException when there is none
     */
    default CompletableFuture<@Nullable Void> deleteServeApplication(String name) {
        return perform(ServeEndpoints.delete(name));
    }
}
