package io.synapse.sdk.serve;

import io.synapse.sdk.Performer;
import java.util.List;

/** Ray Serve applications. */
public interface ServeOperations extends Performer {
    /** All applications. */
    default List<ServeApplication> listServeApplications() {
        return perform(ServeEndpoints.list());
    }

    /**
     * One application.
     *
     * @param name its name; any text except "", "." and ".."
     * @throws io.synapse.sdk.NotFoundException when there is none
     */
    default ServeApplication getServeApplication(String name) {
        return perform(ServeEndpoints.get(name));
    }

    /**
     * Deletes an application.
     *
     * <p>Ray has no request for this, so on Ray the client reads the configuration and deploys it again without the
     * application. The other applications keep their replicas, except one whose deployment failed, which is tried
     * again, and one that is being deployed, which may restart. A concurrent change by another client can be undone;
     * the client reads the status again afterwards and detects most such cases. If that request fails, the application
     * may be deleted nevertheless.
     *
     * @throws io.synapse.sdk.NotFoundException when there is none
     * @throws io.synapse.sdk.ConflictException on Ray, when it was deployed from Python, or when the server does not
     *     report the configuration of the others: nothing has changed then; or when another client changed something
     *     concurrently; see the message
     */
    default void deleteServeApplication(String name) {
        perform(ServeEndpoints.delete(name));
    }
}
