/** The resources of a cluster, and the limits on their use. */
@NullMarked
package io.synapse.sdk.resources;

import org.jspecify.annotations.NullMarked;
