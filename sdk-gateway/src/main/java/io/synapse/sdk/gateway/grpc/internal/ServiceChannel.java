package io.synapse.sdk.gateway.grpc.internal;

import com.google.protobuf.Message;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.synapse.sdk.internal.http.Deadline;
import java.util.concurrent.TimeUnit;

/**
 * The one connection to a server.
 *
 * @param channel gRPC's channel
 * @param metadata what each call sends besides its request
 */
record ServiceChannel(ManagedChannel channel, Metadata metadata) {
    /** Begins a call, and sends its request. The listener is called on other threads only. */
    ClientCall<Message, Message> start(
            GrpcCall<?> call, Deadline deadline, CallTracer tracer, int window, ClientCall.Listener<Message> listener) {
        if (channel.getState(false) == ConnectivityState.TRANSIENT_FAILURE) {
            channel.enterIdle(); // else the call would fail with the last failure until gRPC connects again, up to 1 s
        }
        CallOptions options = CallOptions.DEFAULT.withStreamTracerFactory(tracer);
        if (deadline.leftNanos() < Long.MAX_VALUE) {
            options = options.withDeadlineAfter(deadline.leftNanos(), TimeUnit.NANOSECONDS);
        }
        ClientCall<Message, Message> started = channel.newCall(call.method(), options);
        Metadata headers = new Metadata();
        headers.merge(metadata);
        started.start(listener, headers);
        started.request(window);
        started.sendMessage(call.request());
        started.halfClose();
        return started;
    }
}
