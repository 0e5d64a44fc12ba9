package io.synapse.sdk.gateway.grpc.internal;

import io.grpc.Attributes;
import io.grpc.ClientStreamTracer;
import io.grpc.Metadata;
import io.grpc.Status;

/** What a call has sent to the server, and received from it. */
final class CallTracer extends ClientStreamTracer.Factory {
    private volatile boolean handedOver;
    private volatile boolean sent;
    private volatile boolean answered;
    private volatile long received;

    /**
     * Whether it may have been put on a connection, for who gives it up. The connection tells of what it has written only
     * after that, when the server may have it already.
     */
    boolean mayBeSent() {
        return handedOver;
    }

    /** Whether it was put on a connection, once gRPC has ended it: else the server cannot have executed it. */
    boolean isSent(Status end) {
        return end.getCode() == Status.Code.DEADLINE_EXCEEDED ? handedOver : sent;
    }

    /** Whether its status came from the server; else gRPC made one, since the connection or the stream broke. */
    boolean isAnswered() {
        return answered;
    }

    /** The bytes of the messages that were received, without compression. */
    long received() {
        return received;
    }

    @Override
    public ClientStreamTracer newClientStreamTracer(ClientStreamTracer.StreamInfo info, Metadata headers) {
        return new ClientStreamTracer() {
            @Override
            public void streamCreated(Attributes transport, Metadata with) {
                handedOver = true;
            }

            @Override
            public void outboundHeaders() {
                sent = true;
            }

            @Override
            public void inboundUncompressedSize(long bytes) {
                received += bytes;
            }

            @Override
            public void inboundTrailers(Metadata trailers) {
                answered = true;
            }
        };
    }
}
