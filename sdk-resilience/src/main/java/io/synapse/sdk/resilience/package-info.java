/** What the layers of {@link io.synapse.sdk.Resilience} are made of, where a library does it best. */
@NullMarked
package io.synapse.sdk.resilience;

import org.jspecify.annotations.NullMarked;
