/** How a Ray dashboard says what clients can do (wire/ray.md). Not API. */
@NullMarked
package io.synapse.sdk.ray.internal;

import org.jspecify.annotations.NullMarked;
