package io.synapse.sdk.experiments.internal.mlflow;

import java.util.List;
import java.util.Map;

/** What is added to a run at once. */
public record MlflowChange(List<MlflowPoint> metrics, Map<String, String> params, Map<String, String> tags) {}
