/** MLflow's client and the experiment server. */
@NullMarked
package io.synapse.sdk.it.mlflow;

import org.jspecify.annotations.NullMarked;
