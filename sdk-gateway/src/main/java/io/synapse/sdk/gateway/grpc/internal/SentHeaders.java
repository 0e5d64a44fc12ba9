package io.synapse.sdk.gateway.grpc.internal;

import io.grpc.ClientStreamTracer;
import io.grpc.Metadata;

/** Whether a call was put on a connection: before that, the server cannot have executed it. */
final class SentHeaders extends ClientStreamTracer.Factory {
    private volatile boolean sent;

    boolean areSent() {
        return sent;
    }

    @Override
    public ClientStreamTracer newClientStreamTracer(ClientStreamTracer.StreamInfo info, Metadata headers) {
        return new ClientStreamTracer() {
            @Override
            public void outboundHeaders() {
                sent = true;
            }
        };
    }
}
