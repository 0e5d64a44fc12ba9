package io.synapse.sdk.experiments.internal.run;

import io.synapse.sdk.experiments.internal.Failure;
import io.synapse.sdk.experiments.internal.Names;

/** Names of runs and projects. */
final class RunNames {
    private RunNames() {}

    /** Whether a run or a project can have that name. */
    static boolean isRun(String name) {
        try {
            Names.checked("run", name);
            return true;
        } catch (Failure e) { // that is the answer
            return false;
        }
    }
}
