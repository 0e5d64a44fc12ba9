/** What asks experiment servers: those who look at runs, those who log, and workers. */
@NullMarked
package io.synapse.sdk.benchmarks.contender.experiments;

import org.jspecify.annotations.NullMarked;
