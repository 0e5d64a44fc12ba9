/** A client of the gRPC services behind an AI gateway. */
@NullMarked
package io.synapse.sdk.gateway.grpc;

import org.jspecify.annotations.NullMarked;
