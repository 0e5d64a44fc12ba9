package io.synapse.sdk.experiments.internal.file;

import java.util.Optional;
import java.util.Set;

/** What files and runs need to know of jobs. Safe for use by several threads. */
public interface JobLookup {
    /** The job of that uid. */
    Optional<Job> find(String uid);

    /**
     * A job at one moment.
     *
     * @param project where its runs belong
     * @param attempt the present one, from 1; 0 before the first
     * @param state the word of the wire, for instance {@code running}
     */
    record Job(String uid, String project, int attempt, String state) {
        private static final Set<String> TERMINAL = Set.of("completed", "failed", "cancelled");

        /** Whether nothing of it runs any more, and nothing will unless it is retried. */
        public boolean isOver() {
            return TERMINAL.contains(state);
        }
    }
}
