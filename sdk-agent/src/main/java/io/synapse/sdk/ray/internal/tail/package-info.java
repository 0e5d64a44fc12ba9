/** How a Ray cluster gives out a job's log (wire/ray.md, sections 0 to 2). Not API. */
@NullMarked
package io.synapse.sdk.ray.internal.tail;

import org.jspecify.annotations.NullMarked;
