/** How a server of experiments gives out the log of a job (wire/experiments.md, section 4). Not API. */
@NullMarked
package io.synapse.sdk.experiment.internal.log;

import org.jspecify.annotations.NullMarked;
