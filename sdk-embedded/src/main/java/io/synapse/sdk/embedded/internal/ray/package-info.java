/** A Ray cluster as the place where an agent's work is done. Not API. */
@NullMarked
package io.synapse.sdk.embedded.internal.ray;

import org.jspecify.annotations.NullMarked;
