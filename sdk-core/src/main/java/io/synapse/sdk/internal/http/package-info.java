/** Sockets, threads and the HTTP transport. Not API. */
@NullMarked
package io.synapse.sdk.internal.http;

import org.jspecify.annotations.NullMarked;
