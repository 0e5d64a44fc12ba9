/** The libraries behind the layers. Not API. */
@NullMarked
package io.synapse.sdk.resilience.internal;

import org.jspecify.annotations.NullMarked;
