/** The gateway 's services over gRPC. */
@NullMarked
package io.synapse.sdk.gateway.server.internal.grpc;

import org.jspecify.annotations.NullMarked;
