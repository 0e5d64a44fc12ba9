package io.synapse.sdk.experiments.internal.mlflow;

import io.synapse.sdk.experiment.internal.ExperimentNames;
import java.util.UUID;
import java.util.function.Predicate;

/** Names of projects and runs for those of MLflow's clients, which may be any texts and may be given twice. */
final class ServerNames {
    private static final int LONGEST = 80;
    private static final int RANDOM = 8;

    private ServerNames() {}

    /**
     * The name as it is, if it can be one and is free; else one that is like it and ends in random digits.
     *
     * @param ifEmpty what to make it of where nothing is left
     */
    static String of(String name, String ifEmpty, Predicate<String> isTaken) {
        if (ExperimentNames.isName(name) && !isTaken.test(name)) {
            return name;
        }
        String like = name.replaceAll("[^A-Za-z0-9._ -]", "_")
                .replaceAll("\\.{2,}", ".")
                .replaceAll("^[. -]+", "");
        String begin = like.isEmpty() ? ifEmpty : like.substring(0, Math.min(like.length(), LONGEST));
        return begin + "-" + UUID.randomUUID().toString().substring(0, RANDOM);
    }
}
