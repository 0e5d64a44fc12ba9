package io.synapse.sdk.experiments.internal.queue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * A job that is to be added.
 *
 * @param given what was submitted and has no component of its own; not to be changed
 * @param config its text
 * @param sweep which jobs it was made with; null when with none
 */
record NewJob(
        String uid,
        String name,
        String project,
        String configPath,
        String config,
        Priority priority,
        ObjectNode given,
        Requirements wanted,
        int maxRetries,
        boolean isRetriedOnFailure,
        @Nullable String sweep) {
    /** As it is once it is in the queue, but for its sequence number. */
    Job queued(String now) {
        return new Job(
                0,
                uid,
                name,
                project,
                configPath,
                JobStatus.QUEUED,
                priority,
                given,
                sweep,
                wanted,
                maxRetries,
                isRetriedOnFailure,
                null,
                null,
                null,
                0,
                0,
                0,
                false,
                null,
                null,
                null,
                now,
                null,
                null,
                null);
    }
}
