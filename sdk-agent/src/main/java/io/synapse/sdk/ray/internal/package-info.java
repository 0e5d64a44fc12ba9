/** The dialect of a Ray dashboard (wire/ray.md). Not API. */
@NullMarked
package io.synapse.sdk.ray.internal;

import org.jspecify.annotations.NullMarked;
