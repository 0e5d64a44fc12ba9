/** Calls, their limits and errors. Not API. */
@NullMarked
package io.synapse.sdk.gateway.grpc.internal;

import org.jspecify.annotations.NullMarked;
