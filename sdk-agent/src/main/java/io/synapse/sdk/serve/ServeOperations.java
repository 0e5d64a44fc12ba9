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
     * @throws io.synapse.sdk.NotFoundException when there is none
     */
    default void deleteServeApplication(String name) {
        perform(ServeEndpoints.delete(name));
    }
}
