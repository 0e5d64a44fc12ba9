/** The worker: reports a machine, takes jobs, runs them and copies what they write to the server. Not API. */
@NullMarked
package io.synapse.sdk.experiments.internal.worker;

import org.jspecify.annotations.NullMarked;
