/** The SDK on real Ray clusters. */
@NullMarked
package io.synapse.sdk.embedded.ray;

import org.jspecify.annotations.NullMarked;
