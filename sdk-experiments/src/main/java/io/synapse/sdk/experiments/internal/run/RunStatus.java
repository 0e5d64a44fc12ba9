package io.synapse.sdk.experiments.internal.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** In which state a run is by its files (wire/experiments.md, section 8): a pure decision. */
final class RunStatus {
    static final String RUNNING = "running";

    /** After this time without a change a run counts as ended. */
    static final Duration UNTOUCHED = Duration.ofHours(1);

    private static final List<String> EPOCHS = List.of("epochs", "num_epochs", "max_epochs");
    private static final Set<String> ENDED = Set.of("completed", "failed", "terminated", "cancelled", "deleted");

    private RunStatus() {}

    /**
     * What is known of a run.
     *
     * @param jobState of the job that made it; null when none did
     * @param hasTable whether there is a CSV file
     * @param lastEpoch the last value of its column epoch; null when it has none
     * @param untouched for how long its files have not changed
     */
    record Facts(
            @Nullable String jobState,
            boolean hasTable,
            long rows,
            @Nullable Double lastEpoch,
            JsonNode hyperparameters,
            Duration untouched) {}

    static String of(Facts facts) {
        if (facts.jobState() != null) {
            return facts.jobState();
        }
        if (facts.hasTable() && facts.rows() == 0) {
            return "failed";
        }
        if (facts.hasTable() && reachesEpochs(facts)) {
            return "completed";
        }
        return facts.untouched().compareTo(UNTOUCHED) >= 0 ? "terminated" : RUNNING;
    }

    /** Whether a run in this state is over. */
    static boolean isOver(String status) {
        return ENDED.contains(status);
    }

    private static boolean reachesEpochs(Facts facts) {
        for (String name : EPOCHS) {
            JsonNode wanted = facts.hyperparameters().path(name);
            if (wanted.isNumber()) {
                double done = facts.lastEpoch() == null ? facts.rows() : facts.lastEpoch();
                return done >= wanted.doubleValue();
            }
        }
        return false;
    }
}
