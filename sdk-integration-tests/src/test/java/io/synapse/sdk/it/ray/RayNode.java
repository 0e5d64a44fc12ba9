package io.synapse.sdk.it.ray;

import java.nio.file.Path;

/**
 * One node of a cluster.
 *
 * @param name as it was started; a node but the head also has 1 of the resource of this name, so that a job can be sent
 *     to it
 * @param id as Ray calls it
 * @param raylet the process without which the node is dead
 * @param session the folder of what it keeps, where the nodes of one machine keep everything
 */
public record RayNode(String name, String id, long raylet, Path session) {
    /** The log of a job whose driver runs here, as it is on disk. */
    public Path jobLog(String submissionId) {
        return session.resolve("logs").resolve("job-driver-" + submissionId + ".log");
    }
}
