/** What the gateway does, without a word of HTTP or gRPC. */
@NullMarked
package io.synapse.sdk.gateway.server.internal;

import org.jspecify.annotations.NullMarked;
