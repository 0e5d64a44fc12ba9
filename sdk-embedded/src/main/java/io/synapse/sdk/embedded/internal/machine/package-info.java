/** This machine as the place where an agent's work is done. Not API. */
@NullMarked
package io.synapse.sdk.embedded.internal.machine;

import org.jspecify.annotations.NullMarked;
