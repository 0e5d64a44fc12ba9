/** Follows logs: one engine over any source of text. Not API. */
@NullMarked
package io.synapse.sdk.internal.tail;

import org.jspecify.annotations.NullMarked;
