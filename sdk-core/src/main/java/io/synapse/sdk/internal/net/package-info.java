/** Sockets, threads and the HTTP transport. Not API. */
@NullMarked
package io.synapse.sdk.internal.net;

import org.jspecify.annotations.NullMarked;
