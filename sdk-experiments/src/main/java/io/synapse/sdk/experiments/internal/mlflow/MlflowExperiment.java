package io.synapse.sdk.experiments.internal.mlflow;

/**
 * A project as MLflow's clients see it.
 *
 * @param createdAt in milliseconds since the epoch
 */
public record MlflowExperiment(long id, String name, long createdAt) {}
