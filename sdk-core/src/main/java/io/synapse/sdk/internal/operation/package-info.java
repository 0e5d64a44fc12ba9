/** Performs operations: one engine for blocking and asynchronous calls. Not API. */
@NullMarked
package io.synapse.sdk.internal.operation;

import org.jspecify.annotations.NullMarked;
