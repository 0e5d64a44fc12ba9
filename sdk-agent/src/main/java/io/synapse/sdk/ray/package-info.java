/** Clients of a Ray cluster, through its dashboard. */
@NullMarked
package io.synapse.sdk.ray;

import org.jspecify.annotations.NullMarked;
