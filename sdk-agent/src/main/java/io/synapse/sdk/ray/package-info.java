/** Clients of a Ray cluster, spoken to through its dashboard. */
@NullMarked
package io.synapse.sdk.ray;

import org.jspecify.annotations.NullMarked;
