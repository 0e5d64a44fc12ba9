package io.synapse.sdk.gateway.grpc.internal;

import io.grpc.ClientStreamTracer;
import io.grpc.Metadata;

/** What a call has sent to the server, and received from it. */
final class CallTracer extends ClientStreamTracer.Factory {
    private volatile boolean sent;
    private volatile boolean answered;

    /** Whether it was put on a connection: before that, the server cannot have executed it. */
    boolean isSent() {
        return sent;
    }

    /** Whether its status came from the server; else gRPC made one, since the connection or the stream broke. */
    boolean isAnswered() {
        return answered;
    }

    @Override
    public ClientStreamTracer newClientStreamTracer(ClientStreamTracer.StreamInfo info, Metadata headers) {
        return new ClientStreamTracer() {
            @Override
            public void outboundHeaders() {
                sent = true;
            }

            @Override
            public void inboundTrailers(Metadata trailers) {
                answered = true;
            }
        };
    }
}
