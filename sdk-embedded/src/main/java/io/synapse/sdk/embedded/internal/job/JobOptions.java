package io.synapse.sdk.embedded.internal.job;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How jobs are run on this machine. Immutable.
 *
 * @param maxConcurrentJobs how many at once, from now on, 0 for no limit; null for what the policy on record says
 * @param endLeftovers whether what a job leaves running at its end is ended too
 * @param cgroups the cgroup to make those of jobs in; empty for none
 */
public record JobOptions(@Nullable Integer maxConcurrentJobs, boolean endLeftovers, Optional<Path> cgroups) {
    /** With cgroups where this process may make some. */
    public static JobOptions of(@Nullable Integer maxConcurrentJobs, boolean endLeftovers) {
        return new JobOptions(maxConcurrentJobs, endLeftovers, Cgroups.own());
    }
}
