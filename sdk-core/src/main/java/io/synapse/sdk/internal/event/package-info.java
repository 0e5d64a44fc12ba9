/** Streams of server-sent events. Not API. */
@NullMarked
package io.synapse.sdk.internal.event;

import org.jspecify.annotations.NullMarked;
