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
     * <p>Ray has no request for this, so on Ray the configuration of all the others is read and deployed again without
     * it. They keep their replicas, except one that could not be deployed, which is tried again, and one that is being
     * deployed, which may begin again. What somebody else deploys or deletes just then can be undone by it; looking again
     * afterwards tells of most such cases. When that look is what fails, the application may be gone all the same.
     *
     * @throws io.synapse.sdk.NotFoundException when there is none
     * @throws io.synapse.sdk.ConflictException on Ray, when it was deployed from Python, which can only be undone there,
     *     or when the server does not tell what the others were deployed with: nothing has changed then; or when somebody
     *     else changed something meanwhile, and the message says what
     */
    default CompletableFuture<@Nullable Void> deleteServeApplication(String name) {
        return perform(ServeEndpoints.delete(name));
    }
}
