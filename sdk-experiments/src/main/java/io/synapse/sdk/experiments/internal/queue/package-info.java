/** The queue of jobs: what is to be run, who runs it, and how it ended. */
@NullMarked
package io.synapse.sdk.experiments.internal.queue;

import org.jspecify.annotations.NullMarked;
