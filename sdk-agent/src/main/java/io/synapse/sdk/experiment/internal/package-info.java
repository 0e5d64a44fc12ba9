/** What is known of servers of experiments: the two protocols, and how their answers are read. Not API. */
@NullMarked
package io.synapse.sdk.experiment.internal;

import org.jspecify.annotations.NullMarked;
