package io.synapse.sdk.serve;

import io.synapse.sdk.Performer;
import java.util.List;

/**
 * Ray Serve applications.
 */
public interface ServeOperations extends Performer {
    /** All applications. */
    default List<ServeApplication> listServeApplications() {
        return perform(ServeEndpoints.list());
    }

    /**
     * One application.
     *
     * @param name its name, any text but an empty one, "." and ".."
     * @throws io.synapse.sdk.NotFoundException when there is none
     */
    default ServeApplication getServeApplication(String name) {
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
    default void deleteServeApplication(String name) {
        perform(ServeEndpoints.delete(name));
    }
}
