/** Performs operations: one engine for blocking and asynchronous calls. Not API. */
@NullMarked
package io.synapse.sdk.internal.call;

import org.jspecify.annotations.NullMarked;
