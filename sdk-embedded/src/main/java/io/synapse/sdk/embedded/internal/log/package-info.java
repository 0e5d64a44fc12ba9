/** Logs as events: cut, counted and followed. Not API. */
@NullMarked
package io.synapse.sdk.embedded.internal.log;

import org.jspecify.annotations.NullMarked;
