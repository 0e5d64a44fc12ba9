/** Projects and runs for clients of MLflow's REST (wire/experiments.md, section 11). */
@NullMarked
package io.synapse.sdk.experiments.internal.mlflow;

import org.jspecify.annotations.NullMarked;
