package io.synapse.sdk.gateway.server.internal.grpc;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.synapse.sdk.internal.value.Sha256;
import java.security.MessageDigest;

/** Lets in who knows the token. Digests are compared, which takes the same time whatever is sent. */
final class TokenInterceptor implements ServerInterceptor {
    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    private final byte[] expected;

    TokenInterceptor(String token) {
        expected = Sha256.bytesOf("Bearer " + token);
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        String given = headers.get(AUTHORIZATION);
        if (given != null && MessageDigest.isEqual(expected, Sha256.bytesOf(given))) {
            return next.startCall(call, headers);
        }
        String why = given == null ? "is missing" : "is not the gateway's";
        call.close(Status.UNAUTHENTICATED.withDescription("the token in the metadata " + why), new Metadata());
        return new ServerCall.Listener<>() {};
    }
}
